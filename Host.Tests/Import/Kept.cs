using System.Security.Cryptography;
using System.Text;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Import;
using LanguageExt;

namespace Chat.Host.Tests.Import;

/// <summary>The domain's own loop over a store in memory, as a host would carry out steps.</summary>
internal sealed class Kept : IStore
{
    private MemoryStore store = MemoryStore.Empty;
    private Embedded loop;
    private long ticket;

    public Kept() => loop = Embedded.Over(this, _ => Conversation.New);

    public Instant Now { get; set; } = new(1_700_000_000_000);

    public Seq<Recorded> Load(StreamKey stream) => store.Load(stream);

    public Seq<Recorded> LookUp(Seq<Guid> ids) => ids.Map(store.Find).Somes().Strict();

    public Outcome Append(Batch batch)
    {
        (store, var outcome) = store.Append(batch);
        return outcome;
    }

    /// <summary>A host that was killed: what it held in memory is gone, what it committed is not.</summary>
    public void Restart() => loop = Embedded.Over(this, _ => Conversation.New);

    /// <summary>The same, with a store that another does not see.</summary>
    public Kept Copy() => new() { store = store, Now = Now };

    public Task<Reply> Submit(ConversationId conversation, ImportStep step, CancellationToken cancelled) =>
        Task.FromResult(Submit(conversation, [step])[0]);

    /// <summary>Steps that arrive together.</summary>
    public Reply[] Submit(ConversationId conversation, IReadOnlyList<ImportStep> steps)
    {
        var first = ticket + 1;
        var arrivals = steps
            .Select(step => (Arrival)Request(StreamKey.Of(TenantId.Main, conversation), step))
            .ToSeq()
            .Strict();
        (loop, var outputs) = loop.Submit(arrivals, Now);
        var answers = outputs.OfType<Output.Answer>().ToDictionary(answer => answer.Ticket, answer => answer.Reply);
        return [.. steps.Select((_, i) => answers[first + i])];
    }

    public Seq<Recorded> Events(Script script) => Load(StreamKey.Of(TenantId.Main, script.Conversation));

    private Arrival.Request Request(StreamKey stream, ImportStep step) =>
        new(++ticket, stream, step.Person, Script.Device, step.Client, DigestOf(step), step.Command, step.OccurredAt);

    private static Digest DigestOf(ImportStep step) =>
        new(BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes($"{step.Command} {step.OccurredAt}"))) | 1);
}
