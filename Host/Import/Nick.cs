using System.Text;
using Chat.Domain.Values;
using Chat.Protocol;

namespace Chat.Host.Import;

/// <summary>What IRC holds to be one nick, and who is behind it.</summary>
public static class Nick
{
    /// <summary>
    /// A nick as IRC compares it: without case, and <c>[ ] \ ~</c> are the capitals of <c>{ } | ^</c> (RFC 1459,
    /// section 2.2).
    /// </summary>
    public static string Folded(string nick) => string.Concat(nick.Normalize(NormalizationForm.FormC).Select(Lower));

    /// <summary>
    /// The person named after a nick: the same in every log, however the nick is written. The fold holds no capital
    /// letter, so nobody meets <see cref="Script.Importer"/>.
    /// </summary>
    public static PersonId PersonOf(string nick) =>
        Names.PersonOf(Folded(nick)) ?? throw new ArgumentException("no text", nameof(nick));

    /// <summary>Whether a character may be part of a nick.</summary>
    public static bool Allows(char c) =>
        char.IsLetterOrDigit(c) || c is '[' or ']' or '\\' or '`' or '_' or '^' or '{' or '|' or '}' or '-' or '~';

    private static char Lower(char c) =>
        c switch
        {
            '[' => '{',
            ']' => '}',
            '\\' => '|',
            '~' => '^',
            _ => char.ToLowerInvariant(c),
        };
}
