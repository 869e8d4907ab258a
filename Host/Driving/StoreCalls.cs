using System.Diagnostics;
using Chat.Host.Operate;

namespace Chat.Host.Driving;

/// <summary>A lane's calls of its store; what comes of them are the lane's next inputs.</summary>
internal sealed class StoreCalls(ICommitStore store, Action<Input> post, TimeProvider clock, ILogger log)
{
    /// <summary>Does what a lane wants of its store, and tells it what came of it. Never throws.</summary>
    public async Task AskAsync(Output output)
    {
        try
        {
            switch (output)
            {
                case Output.Append append:
                    await AppendAsync(append.Batch);
                    break;
                case Output.Load load:
                    var (current, snapshot) = await store.LoadAsync(load.Stream);
                    post(new Input.Loaded(load.Stream, current, snapshot, load.Ask));
                    break;
                case Output.Gather gather:
                    var (version, facts) = await store.GatherAsync(gather.Stream, gather.Keys);
                    post(new Input.Gathered(gather.Stream, version, facts, gather.Ask));
                    break;
                case Output.LookUp ask:
                    var found = await store.LookUpAsync(ask.Ids);
                    post(new Input.Found(toHashMap(found.Map(one => (one.Id, one))), ask.Ask));
                    break;
                case Output.Remind remind:
                    await store.RemindAsync(remind.Stream, remind.Version, remind.At);
                    break;
                case Output.Snapshot snap:
                    await store.SaveSnapshotAsync(snap.Stream, snap.Current);
                    break;
            }
        }
        catch (Exception fault)
        {
            log.LogWarning("The store did not answer {Request}: {Fault}", output.GetType().Name, fault.Message);
            post(Failed(output));
        }
    }

    // A snapshot that was not kept is only a slower load, and what is noted wrongly is looked at again.
    private static Input Failed(Output output) =>
        output switch
        {
            Output.Load load => new Input.NotLoaded(load.Stream, load.Ask),
            Output.Gather gather => new Input.NotLoaded(gather.Stream, gather.Ask),
            Output.LookUp ask => new Input.NotFound(ask.Ask),
            Output.Append append => new Input.Settled(append.Batch.Number, new Outcome.Unknown()),
            _ => new Input.Elapsed(),
        };

    private async Task AppendAsync(Batch batch)
    {
        if (batch.Attempt > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2_000, 50 << Math.Min(batch.Attempt, 6))), clock);
        using var span = Meters.Traces.StartActivity("append");
        span?.SetTag("streams", batch.Additions.Count);
        var started = Stopwatch.GetTimestamp();
        var outcome = await store.AppendAsync(batch);
        Meters.Committed(batch, outcome, Stopwatch.GetElapsedTime(started));
        if (outcome is not Outcome.Committed)
            log.LogWarning(
                "Batch {Batch} attempt {Attempt}: {Outcome}",
                batch.Number,
                batch.Attempt,
                outcome.GetType().Name
            );
        post(new Input.Settled(batch.Number, outcome));
    }
}
