using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Embed;

/// <summary>A service over a file, killed wherever one can be killed.</summary>
public sealed class FileStoreTests : IDisposable
{
    private static readonly StreamKey Kitchen = StreamKey.Of(TenantId.Main, ConversationId.Of("kitchen"));
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Xunit.Fact]
    public void Killed_in_the_middle_of_an_append_it_has_kept_all_or_nothing_of_it_and_a_retry_takes_effect_once()
    {
        using (var store = new FileStore(path))
            Ask(store, "1", new Command.Create(ConversationKind.Group, [PersonId.Of("tomas")], null));
        var before = File.ReadAllBytes(path).Length;
        Recorded first;
        using (var store = new FileStore(path))
        {
            Ask(store, "2", Hello);
            first = store.Load(Kitchen).Last();
        }
        var whole = File.ReadAllBytes(path);
        Assert.True(whole.Length > before + 100);
        for (var length = before; length <= whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            using var store = new FileStore(path);
            Assert.Equal(length < whole.Length ? 1 : 2, store.Load(Kitchen).Count);
            var again = Ask(store, "2", Hello);
            Assert.Equal((2L, length == whole.Length), (again.Version, again.Replayed));
            Assert.Equal(first, store.Load(Kitchen).Last());
            store.Dispose();
            using var later = new FileStore(path);
            Assert.Equal(Seq1(first), later.LookUp(Seq1(first.Id)));
            Assert.Equal(2, later.Load(Kitchen).Count);
        }
    }

    private static Command Hello =>
        new Command.SendMessage(Body.Create("hello").Match(b => b, _ => null!), null, [], false);

    private static Receipt Ask(FileStore store, string id, Command command)
    {
        var chat = Embedded.Over(store, _ => Conversation.New);
        var request = new Arrival.Request(
            1,
            Kitchen,
            PersonId.Of("mia"),
            DeviceId.Of("service"),
            ClientId.Of(id),
            new Digest(7),
            command
        );
        var (_, outputs) = chat.Submit(Seq1<Arrival>(request), new Instant(1_000));
        return Assert.IsType<Reply.Accepted>(outputs.OfType<Output.Answer>().Single().Reply).Receipt;
    }
}
