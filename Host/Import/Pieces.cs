using System.Text;
using Chat.Domain.Values;

namespace Chat.Host.Import;

/// <summary>A text as the messages that hold it: one, or several where it is longer than a message may be.</summary>
internal static class Pieces
{
    /// <summary>The longest body, in bytes of UTF-8; see <see cref="Body"/>.</summary>
    public const int MaxBytes = 16_384;

    /// <summary>
    /// The bodies, which one after the other are the text in NFC; null if one of them can be no message.
    /// </summary>
    public static IReadOnlyList<Body>? Of(string text)
    {
        var bodies = new List<Body>();
        // A piece of a text in NFC is in NFC: it is normalised first, then cut.
        foreach (var piece in Cut(text.Normalize(NormalizationForm.FormC)))
            if (Body.Create(piece).Case is Body body)
                bodies.Add(body);
            else
                return null;
        return bodies;
    }

    private static IEnumerable<string> Cut(string text)
    {
        var start = 0;
        var at = 0;
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > MaxBytes)
            {
                yield return text[start..at];
                (start, bytes) = (at, 0);
            }
            at += rune.Utf16SequenceLength;
            bytes += rune.Utf8SequenceLength;
        }
        yield return text[start..];
    }
}
