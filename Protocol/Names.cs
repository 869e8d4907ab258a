using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Chat.Domain.Values;

namespace Chat.Protocol;

/// <summary>Ids from names that others give: an issuer's subject, a nick of an IRC network.</summary>
public static class Names
{
    // The first byte of UTF-8 is at most 0xF4, so base64url of it never begins with '-' or '_': what is hashed, behind
    // two of them, meets nothing that is encoded behind one.
    private const string Encoded = "_";
    private const string Hashed = "__";

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>
    /// The person of a name, the same for the same name and another for any other: a plain token that does not begin
    /// with
    /// <c>_</c> as it is; anything else as <c>_</c> and base64url (RFC 4648) of its UTF-8, or, where that is longer
    /// than a token, as <c>__</c> and base64url of its SHA-256. Null for what is no text: empty, or with lone
    /// surrogates.
    /// </summary>
    /// <param name="subject">The name as it was given; never trimmed, never folded.</param>
    public static PersonId? PersonOf(string subject)
    {
        // '-' alone says "none" where an id stands in a subject.
        if (Token.IsValid(subject) && subject[0] != '_' && subject != "-")
            return PersonId.Of(subject);
        if (subject.Length == 0 || !TryEncode(subject, out var bytes))
            return null;
        var whole = Encoded + Base64Url.EncodeToString(bytes);
        return PersonId.Of(
            whole.Length <= Token.MaxLength ? whole : Hashed + Base64Url.EncodeToString(SHA256.HashData(bytes))
        );
    }

    /// <summary>
    /// Whether text can stand for somebody or something in a subject: a token, and not the lone <c>-</c>.
    /// </summary>
    public static bool IsToken([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) =>
        Token.IsValid(text) && text != "-";

    private static bool TryEncode(string text, out byte[] bytes)
    {
        try
        {
            bytes = Strict.GetBytes(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            bytes = [];
            return false;
        }
    }
}
