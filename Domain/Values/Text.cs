using System.Text;

namespace Chat.Domain.Values;

/// <summary>
/// The rule of every text: well-formed UTF-16, no NUL, kept as NFC, bounded in UTF-8 bytes. Bytes, since runtimes
/// disagree on what a grapheme is.
/// </summary>
internal static class Text
{
    public static Validation<Fault, T> Checked<T>(string? raw, string field, Bounds bounds, Func<string, T> make)
    {
        // A length in UTF-16 units above the bound is above it in bytes too: a huge text is refused before it is
        // normalised.
        if (raw is null || raw.Length > bounds.MaxBytes)
            return Wrong<T>(field, raw is null ? "is required" : bounds.Rule);
        if (raw.Contains('\0') || !IsWellFormed(raw))
            return Wrong<T>(field, "well-formed text without NUL");
        var text = raw.Normalize(NormalizationForm.FormC);
        if (bounds.OneLine)
            text = text.Trim();
        if (bounds.OneLine && text.Any(char.IsControl))
            return Wrong<T>(field, "one line, without control characters");
        var blank = string.IsNullOrWhiteSpace(text);
        return (blank && !bounds.MayBeBlank) || Encoding.UTF8.GetByteCount(text) > bounds.MaxBytes
            ? Wrong<T>(field, bounds.Rule)
            : Validation<Fault, T>.Success(make(text));
    }

    private static Validation<Fault, T> Wrong<T>(string field, string rule) =>
        Validation<Fault, T>.Fail(Seq1(new Fault(field, rule)));

    // U+FFFE is a byte order mark the wrong way round and no character; normalising throws on it.
    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\uFFFE')
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    internal sealed record Bounds(int MaxBytes, bool OneLine, bool MayBeBlank = false)
    {
        public string Rule => $"{(MayBeBlank ? "at most" : "1 to")} {MaxBytes} bytes of UTF-8";
    }
}
