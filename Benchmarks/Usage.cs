using System.Globalization;

namespace Chat.Benchmarks;

/// <summary>
/// What processes have used: CPU seconds, and bytes of memory at the most (the database's: now, shared pages once).
/// </summary>
internal sealed record Usage(double Host, double Nats, double Postgres, double Generator, Memory Memory)
{
    private const double TicksPerSecond = 100;

    public double Servers => Host + Nats + Postgres;

    public Usage Since(Usage before) =>
        this with
        {
            Host = Host - before.Host,
            Nats = Nats - before.Nats,
            Postgres = Postgres - before.Postgres,
            Generator = Generator - before.Generator,
        };

    /// <summary>Reads /proc of a host, its servers and this process.</summary>
    public static Usage Read(int host)
    {
        var all = Processes();
        var below = Below(host, all).ToList();
        var nats = below.Where(one => one.Name == "nats-server").ToList();
        var postgres = below.Where(one => one.Name == "postgres").ToList();
        return new Usage(
            all.Find(one => one.Id == host)?.Own ?? 0,
            nats.Sum(one => one.Own),
            // Sessions and workers that ended meanwhile count with the one that waited for them.
            postgres.Sum(one => one.Own + (postgres.Exists(other => other.Id == one.Parent) ? 0 : one.OfEnded)),
            Environment.CpuUsage.TotalTime.TotalSeconds,
            new Memory(
                Line($"/proc/{host}/status", "VmHWM:"),
                nats.Sum(one => Line($"/proc/{one.Id}/status", "VmHWM:")),
                postgres.Sum(one => Line($"/proc/{one.Id}/smaps_rollup", "Pss:"))
            )
        );
    }

    /// <summary>What they have of memory just now.</summary>
    public static Memory Resident(int host)
    {
        var below = Below(host, Processes()).ToList();
        return new Memory(
            Line($"/proc/{host}/status", "VmRSS:"),
            below.Where(one => one.Name == "nats-server").Sum(one => Line($"/proc/{one.Id}/status", "VmRSS:")),
            below.Where(one => one.Name == "postgres").Sum(one => Line($"/proc/{one.Id}/smaps_rollup", "Pss:"))
        );
    }

    private static IEnumerable<Known> Below(int parent, List<Known> all) =>
        all.Where(one => one.Parent == parent).SelectMany(one => Below(one.Id, all).Prepend(one));

    private static List<Known> Processes() =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? Stat(id) : null)
                .OfType<Known>(),
        ];

    // The name stands in parentheses and may hold anything; the fields are counted from behind it (man 5 proc).
    private static Known? Stat(int id)
    {
        var text = Text($"/proc/{id}/stat");
        if (text.Length == 0)
            return null;
        var (from, to) = (text.IndexOf('('), text.LastIndexOf(')'));
        var fields = text[(to + 2)..].Split(' ');
        double Seconds(int field) => double.Parse(fields[field - 3], CultureInfo.InvariantCulture) / TicksPerSecond;
        return new Known(
            id,
            text[(from + 1)..to],
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            Seconds(14) + Seconds(15),
            Seconds(16) + Seconds(17)
        );
    }

    private static long Line(string file, string name)
    {
        var line = Text(file).Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var value = line?[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return value is null ? 0 : 1024 * long.Parse(value, CultureInfo.InvariantCulture);
    }

    // A process may end between two looks.
    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private sealed record Known(int Id, string Name, int Parent, double Own, double OfEnded);
}

/// <summary>Bytes of memory.</summary>
internal sealed record Memory(long Host, long Nats, long Postgres);
