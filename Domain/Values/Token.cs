namespace Chat.Domain.Values;

/// <summary>
/// What every id is made of: 1 to 64 characters of <c>[A-Za-z0-9_-]</c>, so that it can stand in a subject.
/// </summary>
public static class Token
{
    /// <summary>The longest token, in characters (all of one byte).</summary>
    public const int MaxLength = 64;

    /// <summary>Whether <paramref name="text"/> is a token. Never throws, also not on null.</summary>
    public static bool IsValid(string? text)
    {
        if (text is null || text.Length is 0 or > MaxLength)
            return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return false;
        return true;
    }

    internal static Validation<Fault, T> Checked<T>(string? text, string field, Func<string, T> make) =>
        IsValid(text)
            ? Validation<Fault, T>.Success(make(text!))
            : Validation<Fault, T>.Fail(Seq1(new Fault(field, "1 to 64 characters of A-Z a-z 0-9 _ -")));
}
