using System.Collections.Concurrent;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Driving;
using Chat.Spec.Mistakes;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Planted;

/// <summary>Faults of what is decided and how it is kept.</summary>
internal static class KeptFaults
{
    private static int appended;

    public static IEnumerable<Fault> All =>
        [
            new("acknowledges what it then loses")
            {
                Append = (store, batch) =>
                    Interlocked.Increment(ref appended) % 5 == 0 && batch.Marks.IsEmpty
                        ? Task.FromResult<Outcome>(new Outcome.Committed(default, default))
                        : store.AppendAsync(batch),
            },
            new("acknowledges before it is committed")
            {
                Append = (store, batch) =>
                    batch.Marks.IsEmpty ? Task.FromResult(Early(store, batch)) : store.AppendAsync(batch),
            },
            new("forgets the ids of requests", 31)
            {
                Append = (store, batch) => store.AppendAsync(batch with { Additions = batch.Additions.Map(Renamed) }),
            },
            new("lets marks go back")
            {
                Append = async (store, batch) =>
                    await store.AppendAsync(batch) is Outcome.Committed committed
                        ? committed with
                        {
                            Marks = committed.Marks.Map(set => set with { Marks = new Marks(0, set.Marks.Delivered) }),
                        }
                        : new Outcome.Unknown(),
            },
            new("takes every request for its twin", 31) { Digest = _ => new Digest(7) },
            new("knows of no message") { Gather = _ => Facts.Empty },
            Decided("lets anybody edit", 21, DeciderMistakes.anyoneEdits),
            Decided("lets the uninvited in", 50, DeciderMistakes.joinsUninvited),
            Decided("lets a link in too many", 12, DeciderMistakes.linksLetInAnybody),
            Decided("does not count who came by a link", 12, DeciderMistakes.countsNoUses),
            Decided("shows who comes back all that was said", 12, DeciderMistakes.rejoinsFromTheBeginning),
            Decided("lets one react twice", 21, DeciderMistakes.reactsTwice),
            Decided("skips a number", 0, DeciderMistakes.skipsANumber),
            Decided("has no owner when the owner leaves", 22, DeciderMistakes.noOwnerFollows),
            Decided("marks beyond what was said", 0, DeciderMistakes.marksBeyond),
            Decided("refuses now and then", 0, DeciderMistakes.dependsOnHowOften()),
        ];

    private static Fault Decided(string name, int from, Decider<State, Command, Event> mistaken) =>
        new(name, from)
        {
            Load = stream => stream is Stream<State, Command, Event> of ? of with { Decider = mistaken } : stream,
        };

    // What was answered by now is appended some time later, in the order in which it came.
    private static readonly ConcurrentDictionary<StreamKey, Task> Later = new();

    private static Outcome Early(ICommitStore store, Batch batch)
    {
        foreach (var addition in batch.Additions)
            Later.AddOrUpdate(
                addition.Stream,
                _ => AppendLaterAsync(store, batch, addition, Task.CompletedTask),
                (_, before) => AppendLaterAsync(store, batch, addition, before)
            );
        return new Outcome.Committed(default, default);
    }

    private static async Task AppendLaterAsync(ICommitStore store, Batch batch, Addition addition, Task before)
    {
        await before;
        await Task.Delay(100);
        await store.AppendAsync(batch with { Additions = Seq1(addition) });
    }

    private static Addition Renamed(Addition addition) =>
        addition with
        {
            Events = addition.Events.Map(recorded => recorded with { Id = Guid.NewGuid() }).Strict(),
        };
}
