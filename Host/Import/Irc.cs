using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Host.Import;

/// <summary>A log that was read.</summary>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Hash">SHA-256 of its bytes, lower-case hexadecimal.</param>
/// <param name="Lines">All of its lines.</param>
public sealed record IrcLog(string File, string Hash, ImmutableArray<LogLine> Lines);

/// <summary>Reads IRC logs: bytes into lines, lines into entries. Pure.</summary>
public static class Irc
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    // Asked of the provider, not registered: registering would change every Encoding of the process.
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Reads a log.</summary>
    /// <param name="file">The file's name: <c>YYYY-MM-DD</c> at its front dates it, see <see cref="IrcClock"/>.</param>
    /// <param name="bytes">What is in it.</param>
    /// <param name="date">The day of the first line, of a log whose name says none; 1970-01-01 where nothing is
    /// said.</param>
    /// <param name="offset">How far the log's clock is ahead of UTC.</param>
    public static IrcLog Read(string file, ReadOnlyMemory<byte> bytes, DateOnly? date = null, TimeSpan offset = default)
    {
        var raw = Lines(bytes);
        var read = raw.Select(IrcShapes.Read).ToArray();
        var times = IrcClock.Times([.. read.Select(line => line.Minute)], file, date, offset);
        var lines = read.Select((line, i) => new LogLine(i + 1, raw[i], times[i], line.Entry));
        return new IrcLog(file, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), [.. lines]);
    }

    /// <summary>
    /// The lines, ended by LF or CR LF and by nothing else: a form feed or U+2028 belongs to whoever typed it. Each
    /// line is decoded for itself, as UTF-8 if it is well-formed and as Windows-1252 if not: people of one channel used
    /// both.
    /// </summary>
    public static ImmutableArray<string> Lines(ReadOnlyMemory<byte> bytes)
    {
        var rest = bytes.Span;
        if (rest.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            rest = rest[3..];
        var lines = ImmutableArray.CreateBuilder<string>();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            lines.Add(Decoded(line is [.. var before, (byte)'\r'] ? before : line));
        }
        return lines.ToImmutable();
    }

    private static string Decoded(ReadOnlySpan<byte> line)
    {
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(line);
        }
    }
}
