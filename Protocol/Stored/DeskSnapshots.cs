using Chat.Domain.Desks;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>
/// Desks as snapshots: what waits and what was settled last is bounded, and what was ever told is not.
/// </summary>
internal static class DeskSnapshots
{
    /// <summary>The fields of a snapshot, by whose number it is told from those of other streams.</summary>
    public const int Fields = 4;

    private const int MostReports = Desk.MaxOpen + Desk.MaxEnded;
    private const int MostLooks = 100_000;

    public static void Write(ref MessagePackWriter writer, AnyStream stream, State state)
    {
        writer.WriteArrayHeader(Fields);
        writer.Write(stream.Version);
        writer.Write(stream.LastAt.Milliseconds);
        writer.Write(state.Filed);
        writer.WriteArrayHeader(state.Open.Count + state.Ended.Count);
        foreach (var report in state.Open.Values.Concat(state.Ended.Values))
            Write(ref writer, report);
    }

    private static void Write(ref MessagePackWriter writer, Report report)
    {
        writer.WriteArrayHeader(11);
        writer.Write(report.Number);
        writer.Write(report.By.Value);
        writer.Write(report.At.Milliseconds);
        DeskEvents.Write(ref writer, report.Subject);
        writer.Write(report.About?.Value);
        writer.Write((int)report.Why);
        writer.Write(report.Words?.Value);
        writer.Write(report.Assignee?.Value);
        writer.Write(report.Rule?.Value);
        writer.WriteArrayHeader(report.Looks.Count);
        foreach (var (person, at) in report.Looks)
        {
            writer.WriteArrayHeader(2);
            writer.Write(person.Value);
            writer.Write(at.Milliseconds);
        }
        if (report.End is not { } end)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteArrayHeader(4);
        writer.Write(end.By.Value);
        writer.Write(end.At.Milliseconds);
        writer.Write((int)end.Outcome);
        writer.Write(end.Note?.Value);
    }

    public static AnyStream Read(ref MessagePackReader reader)
    {
        reader.Fixed(Fields);
        var (version, lastAt, filed) = (reader.Count64(), reader.Instant(), reader.Count64());
        var (open, ended) = (Map<long, Report>(), Map<long, Report>());
        for (var left = reader.Count(MostReports); left > 0; left--)
        {
            var report = ReadReport(ref reader);
            if (report.IsOpen)
                open = open.TryAdd(report.Number, report);
            else
                ended = ended.TryAdd(report.Number, report);
        }
        reader.End();
        return new Stream<State, Command, Event>(Desk.Decider, new State(open, ended, filed), version, lastAt);
    }

    private static Report ReadReport(ref MessagePackReader reader)
    {
        reader.Fixed(11);
        var report = new Report(
            reader.Count64(),
            reader.Person(),
            reader.Instant(),
            DeskEvents.Subject(ref reader),
            DeskEvents.Somebody(ref reader),
            DeskEvents.Known<Cause>(ref reader),
            reader.ReasonIfAny(),
            DeskEvents.Somebody(ref reader),
            null
        )
        {
            Rule = reader.TryReadNil() ? null : reader.Value(WordRuleId.Create),
        };
        var looks = Map<PersonId, Instant>();
        for (var left = reader.Count(MostLooks); left > 0; left--)
        {
            reader.Fixed(2);
            looks = looks.TryAdd(reader.Person(), reader.Instant());
        }
        return report with { Looks = looks, End = ReadEnd(ref reader) };
    }

    private static End? ReadEnd(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;
        reader.Fixed(4);
        return new End(reader.Person(), reader.Instant(), DeskEvents.Known<Outcome>(ref reader), reader.ReasonIfAny());
    }
}
