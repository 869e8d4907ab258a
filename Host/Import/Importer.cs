using System.Collections.Immutable;
using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Domain.Values;

namespace Chat.Host.Import;

/// <summary>Carries out one step in a conversation, under its own client id, and tells what became of it.</summary>
public delegate Task<Reply> Submission(ConversationId conversation, ImportStep step, CancellationToken cancelled);

/// <summary>How an import goes about it.</summary>
/// <param name="Window">
/// Steps that are under way at once, at most: it begins with one and doubles, and with one again after a refusal for
/// now. Each step alone waits for a commit of its own; many share one. With one, order holds whatever happens. With
/// more it holds only as long as nothing is refused for now: a host that is busy for a moment may take a later step and
/// not the earlier one. That is seen, and shown as <see cref="ImportReport.Disorder"/>, but not mended. Conversations
/// run beside each other in any case.
/// </param>
/// <param name="Patience">Refusals for now, one after the other, until an import gives up; it can be started
/// again.</param>
public sealed record ImporterOptions(int Window = 1, int Patience = 240);

/// <summary>How far an import is.</summary>
/// <param name="Name">The channel.</param>
/// <param name="LinesDone">Lines that are through.</param>
/// <param name="LinesTotal">All of the log's.</param>
/// <param name="Messages">Lines of the whole log that say or do something.</param>
/// <param name="People">People of the whole log.</param>
/// <param name="Malformed">The malformed lines among those that are through.</param>
public sealed record ImportProgress(
    string Name,
    int LinesDone,
    int LinesTotal,
    int Messages,
    int People,
    ReadOnlyMemory<Unkept> Malformed
);

/// <summary>A step that was refused for good.</summary>
public sealed record RefusedStep(ImportStep Step, Refusal Refusal);

/// <summary>What became of an import.</summary>
/// <param name="Script">What was to be done.</param>
/// <param name="New">Steps that took effect now.</param>
/// <param name="Replayed">Steps that had taken effect before.</param>
/// <param name="Refused">Steps that were refused for good.</param>
/// <param name="Disorder">Steps whose place in the conversation is not behind the one before.</param>
/// <param name="Stopped">Why it gave up before the end; null if it did not.</param>
public sealed record ImportReport(
    Script Script,
    int New,
    int Replayed,
    ImmutableArray<RefusedStep> Refused,
    ImmutableArray<ImportStep> Disorder,
    string? Stopped
)
{
    /// <summary>Whether all of the log is in the conversation now, in its order.</summary>
    public bool IsWhole => Stopped is null && Refused.IsEmpty && Disorder.IsEmpty;
}

/// <summary>
/// Carries out scripts. Since every step takes effect once, whatever was interrupted is just run again from its
/// beginning: it passes over what is there and goes on behind it.
/// </summary>
public sealed class Importer(Submission submit, ImporterOptions options, TimeProvider clock)
{
    /// <summary>The same importer, going about it otherwise.</summary>
    public Importer With(ImporterOptions other) => new(submit, other, clock);

    /// <summary>Carries out a script.</summary>
    public async Task<ImportReport> Run(
        Script script,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancelled = default
    )
    {
        var run = new ImportRun(script);
        var refusals = 0;
        var size = 1;
        while (run.Next is { } from)
        {
            progress?.Report(run.Progress);
            var window = script.Steps.AsSpan(from, Math.Min(size, script.Steps.Length - from)).ToArray();
            var replies = await Task.WhenAll(window.Select(step => submit(script.Conversation, step, cancelled)));
            if (run.Take(window, replies) is not { } later)
            {
                refusals = 0;
                size = Math.Min(2 * size, options.Window);
                continue;
            }
            size = 1;
            refusals = run.Next > from ? 1 : refusals + 1;
            if (refusals > options.Patience)
                return run.Report($"line {run.Line}: {later.Code}, {refusals} times");
            await Task.Delay(TimeSpan.FromMilliseconds(later.RetryAfterMs ?? 0), clock, cancelled);
        }
        progress?.Report(run.Progress);
        return run.Report(null);
    }
}

/// <summary>How far the steps of one script are; it lives for one run.</summary>
internal sealed class ImportRun(Script script)
{
    private readonly List<RefusedStep> refused = [];
    private readonly List<ImportStep> disorder = [];
    private int done;
    private int malformed;
    private int fresh;
    private int replayed;
    private long version;

    public int? Next => done < script.Steps.Length ? done : null;

    public int Line => done < script.Steps.Length ? script.Steps[done].Line : script.Lines.All;

    // What stands behind the last step says nothing that is kept, and is done with it.
    public ImportProgress Progress =>
        new(
            script.Name,
            done < script.Steps.Length ? Math.Max(0, script.Steps[done].Line - 1) : script.Lines.All,
            script.Lines.All,
            script.Lines.Said + script.Lines.Acted,
            script.People,
            script.Malformed.AsMemory()[..MalformedDone()]
        );

    public ImportReport Report(string? stopped) => new(script, fresh, replayed, [.. refused], [.. disorder], stopped);

    /// <summary>Takes replies up to the first refusal for now, and returns that one.</summary>
    public Refusal? Take(ImportStep[] steps, Reply[] replies)
    {
        foreach (var (step, reply) in steps.Zip(replies))
        {
            if (reply is Reply.Refused { Refusal: { RetryAfterMs: not null } later })
                return later;
            Settle(step, reply);
            done++;
        }
        return null;
    }

    private int MalformedDone()
    {
        while (malformed < script.Malformed.Length && (Next is null || script.Malformed[malformed].Line < Line))
            malformed++;
        return malformed;
    }

    private void Settle(ImportStep step, Reply reply)
    {
        if (reply is Reply.Refused no)
            refused.Add(new RefusedStep(step, no.Refusal));
        if (reply is not Reply.Accepted { Receipt: var receipt })
            return;
        if (receipt.Replayed)
            replayed++;
        else
            fresh++;
        if (receipt.Version <= version)
            disorder.Add(step);
        version = Math.Max(version, receipt.Version);
    }
}
