using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Host.Files;

/// <summary>
/// Makes the ids of files, so that one stands for all that is said of the file, for who uploaded it and for which
/// conversation: what a client says of it when it is sent needs no looking up. HMAC-SHA-256 over the parts, 192 bits.
/// </summary>
public sealed class FileSeals(byte[] key)
{
    /// <summary>What is said of a file, under the id that follows from it.</summary>
    public Attachment Sealed(StreamKey conversation, PersonId person, Attachment file) =>
        file with
        {
            File = IdOf(conversation, person, file),
        };

    /// <summary>Whether it is a file of this person's for this conversation, and what is said of it is so.</summary>
    public bool Holds(StreamKey conversation, PersonId person, Attachment file) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(file.File.Value),
            Encoding.ASCII.GetBytes(IdOf(conversation, person, file).Value)
        );

    // No part holds a line break.
    private FileId IdOf(StreamKey conversation, PersonId person, Attachment file)
    {
        var parts = string.Join(
            '\n',
            "file",
            conversation,
            person,
            file.Name,
            file.Type,
            file.Bytes,
            file.At.Milliseconds,
            file.Width,
            file.Height
        );
        var mac = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(parts));
        return FileId.Of(Base64Url.EncodeToString(mac.AsSpan(0, 24)));
    }
}
