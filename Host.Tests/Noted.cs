using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Chat.Host.Tests;

/// <summary>A log that is kept, to be looked at.</summary>
internal sealed class Noted : ILogger
{
    private readonly ConcurrentQueue<(DateTime At, string Words)> all = new();

    /// <summary>What was said.</summary>
    public IReadOnlyList<string> Lines => [.. all.Select(one => one.Words)];

    /// <summary>The same with its times, as hosts write theirs.</summary>
    public override string ToString() =>
        string.Join('\n', all.Select(one => FormattableString.Invariant($"{one.At:HH:mm:ss} {one.Words}")));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => all.Enqueue((DateTime.Now, formatter(state, exception)));
}
