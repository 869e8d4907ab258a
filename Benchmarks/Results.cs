using Chat.Benchmarks.Limits;
using Chat.Benchmarks.Load;

namespace Chat.Benchmarks;

/// <summary>One time all of it: what the parts reach alone, and the workloads, minutes apart at the most.</summary>
internal sealed record Run(IReadOnlyList<Limit> Limits, IReadOnlyList<LoadFigures> Loads)
{
    public LoadFigures? Load(string workload) => Loads.FirstOrDefault(load => load.Workload == workload);

    public Limit? Limit(string name) => Limits.FirstOrDefault(limit => limit.Name == name);
}

/// <summary>Everything that was measured.</summary>
internal sealed record Results(
    IReadOnlyDictionary<string, string> Machine,
    IReadOnlyList<Run> Runs,
    IReadOnlyList<(string Workload, Stored Stored)> Stored
)
{
    /// <summary>How it is written down.</summary>
    public static readonly System.Text.Json.JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        IncludeFields = true,
    };

    /// <summary>Everything that was run, in its order.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<Workload> Workloads => [.. Runs[0].Loads.Select(load => load.Of)];

    /// <summary>The median over the runs that have it; none where no run has.</summary>
    public double? Median(Func<Run, double?> figure)
    {
        var values = Runs.Select(figure).OfType<double>().Where(double.IsFinite).Order().ToList();
        return values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
