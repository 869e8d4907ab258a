using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Host.Nats;

/// <summary>
/// What may stand between the dots of a subject: 1-64 of <c>[A-Za-z0-9_-]</c>, and never the lone <c>-</c>.
/// </summary>
public static class SubjectToken
{
    public const int MaxLength = 64;

    // No issuer's subject keeps these beginnings: one that has them is encoded itself. So nothing plain meets
    // anything encoded.
    private const string Encoded = "_u_";
    private const string Hashed = "_h_";

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    // '-' alone says "none" where an id stands in a subject.
    public static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxLength } && text != "-" && text.All(Allowed);

    /// <summary>
    /// The person of an issuer's subject, the same for the same subject and another for any other: a plain token as
    /// it is, anything else as <c>_u_</c> + base64url of its UTF-8, or as <c>_h_</c> + base64url of SHA-256 where
    /// that is too long. Null for what is no text (empty, lone surrogates).
    /// </summary>
    public static string? FromIssuerSubject(string subject)
    {
        if (IsValid(subject) && !IsReserved(subject))
        {
            return subject;
        }

        if (subject.Length == 0)
        {
            return null;
        }

        try
        {
            var bytes = Strict.GetBytes(subject);
            var whole = Encoded + Base64Url.EncodeToString(bytes);
            return whole.Length <= MaxLength ? whole : Hashed + Base64Url.EncodeToString(SHA256.HashData(bytes));
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsReserved(string text) =>
        text.StartsWith(Encoded, StringComparison.Ordinal) || text.StartsWith(Hashed, StringComparison.Ordinal);

    private static bool Allowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
