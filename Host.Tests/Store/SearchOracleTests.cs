using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Store;
using LanguageExt;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static Chat.Host.Tests.Store.Searching;
using static LanguageExt.Prelude;
using Search = Chat.Spec.Oracle.Search;

namespace Chat.Host.Tests.Store;

/// <summary>
/// What each person finds while others come and go, edit and take back is what the specification finds by looking
/// through everything.
/// </summary>
[Collection(StoreCollection.Name)]
public sealed class SearchOracleTests(StoreFixture fixture)
{
    private static readonly string[] Vocabulary = ["tea", "Tea", "coffee", "茶", "喝茶", "don't", "☕", "water!"];

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    public async Task EachFindsWhatTheOracleFinds(int seed)
    {
        await using var scene = await OpenAsync(fixture);
        var random = new Random(seed);
        var pasts = Enumerable
            .Range(0, 3)
            .ToDictionary(i => $"c{i}", i => Worded(Traces.Random($"c{i}", (seed * 100) + i, 220), random));
        await Traces.BlockAsync(scene);
        var so = pasts.ToDictionary(past => past.Key, _ => 0);
        var found = 0;
        while (pasts.Any(past => so[past.Key] < past.Value.Count))
        {
            var (stream, events) = pasts.ElementAt(random.Next(pasts.Count));
            var piece = events.Skip(so[stream]).Take(random.Next(1, 25)).ToList();
            if (piece.Count > 0)
                await scene.CommitAsync(Scene.Of(stream, so[stream], toSeq(piece).Strict()));
            so[stream] += piece.Count;
            if (random.Next(2) == 0)
                await new SearchIndex(scene.Database).RoundAsync();
            // Behind it may be, but never wrong.
            var (person, query) = (One(random, Traces.People), Query(random));
            var early = await FindAsync(scene, person, query);
            Assert.Equal(early, Expected(person, query, early));
        }
        await IndexAsync(scene);
        foreach (var person in Traces.People)
            for (var turn = 0; turn < 12; turn++)
                found += await AgreesAsync(person, Query(random));
        Assert.True(found > 20, $"{found} found");

        async Task<int> AgreesAsync(PersonId person, SearchQuery query)
        {
            var expected = Expected(person, query, null);
            Assert.Equal(expected, await FindAsync(scene, person, query, limit: random.Next(1, 9)));
            foreach (var (stream, events) in pasts)
                if (Traces.AccessOf(person, events) is var access && IsIn(person, events))
                    Assert.Equal(
                        expected.Where(one => one.StartsWith(stream + " ", StringComparison.Ordinal)),
                        await FindAsync(scene, person, query, stream, random.Next(1, 9))
                    );
                else
                    Assert.True((await AskAsync(scene, person, new(ConversationId.Of(stream), query, null, 5))).IsLeft);
            return expected.Count;
        }

        // Of all conversations, in the order in which they are answered; at most what is among some.
        List<string> Expected(PersonId person, SearchQuery query, List<string>? among) =>
            [
                .. pasts
                    .SelectMany(past =>
                        Search
                            .foundBy(person, query, past.Value.Take(so[past.Key]))
                            .Where(message => !Traces.VeiledTo(person).Contains(message.By))
                            .Select(message => (past.Key, Message: message))
                    )
                    .OrderByDescending(one => one.Message.At)
                    .ThenByDescending(one => one.Key, StringComparer.Ordinal)
                    .ThenByDescending(one => one.Message.Version)
                    .Select(one => $"{one.Key} {one.Message.Seq}")
                    .Where(one => among?.Contains(one) != false),
            ];
    }

    private static bool IsIn(PersonId person, List<Recorded> events) =>
        ((State)Conversation.New.Fold(events.Select(one => one.Event)).State).Members.ContainsKey(person);

    private static List<Recorded> Worded(List<Recorded> events, Random random) =>
        events.ConvertAll(one =>
            one.Event switch
            {
                Event.MessageSent sent => one with
                {
                    Event = sent with
                    {
                        Content = Carrying(Text(random), random),
                        Stamp = Occurred(sent.Stamp, random),
                    },
                },
                Event.MessageEdited edited => one with { Event = edited with { Content = Text(random) } },
                _ => one,
            }
        );

    private static Content Text(Random random) =>
        Said(string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => One(random, Vocabulary))));

    private static Content Carrying(Content content, Random random) =>
        content is Content.Present said && Maybe(random, 3)
            ? said with
            {
                Files = Listing.From(Enumerable.Range(0, random.Next(1, 3)).Select(i => File(random, i))),
            }
            : content;

    private static Attachment File(Random random, int number) =>
        new(
            FileId.Of($"f{number}"),
            Samples.Name("a file"),
            Samples.Type(One(random, ["image/png", "imagery/odd", "text/plain"])),
            1,
            new Instant(1)
        );

    private static Stamp Occurred(Stamp stamp, Random random) =>
        random.Next(5) == 0 ? stamp with { OccurredAt = stamp.At.Plus(random.Next(-300, 20)) } : stamp;

    private static SearchQuery Query(Random random) =>
        new(
            random.Next(5) == 0
                ? null
                : SearchWords
                    .Create(One(random, ["tea", "茶", "喝茶", "don't tea", "☕", "coffee", "", "none"]))
                    .ToOption()
                    .Head(),
            Maybe(random, 4) ? One(random, Traces.People) : null,
            Maybe(random, 5) ? One(random, Traces.People) : null,
            Maybe(random, 5) ? new Instant(1_700_000_000_000 + random.Next(220)) : null,
            Maybe(random, 5) ? new Instant(1_700_000_000_000 + random.Next(220)) : null,
            Maybe(random, 4) ? One(random, Enum.GetValues<Carried>()) : null
        );

    private static bool Maybe(Random random, int times) => random.Next(times) == 0;

    private static T One<T>(Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];
}
