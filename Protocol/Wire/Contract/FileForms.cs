using Chat.Domain.Conversations;
using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>Files: what is known of one, and the doors to them.</summary>
public static class FileForms
{
    private static readonly Field File = new("file", Shapes.Token);
    private static readonly Field Name = new("name", new Shape.Text(FileName.MaxBytes));
    private static readonly Field Type = new("type", new Shape.Media());

    /// <summary>A file of a message; its size in bytes, a picture's sides in pixels.</summary>
    public static readonly Form Attachment = new(
        "attachment",
        "A file, as uploading it was answered: it is sent with a message just so, within 23 hours.",
        [
            File,
            Name,
            Type,
            new("bytes", new Shape.Whole(0, Attachments.MaxBytes)),
            new("at", Shapes.Time),
            Maybe("width", new Shape.Whole(0, Attachments.MaxSide)),
            Maybe("height", new Shape.Whole(0, Attachments.MaxSide)),
        ]
    );

    /// <summary>The files of a message.</summary>
    public static readonly Field Files = Maybe("attachments", Many(Attachment, Limits.Attachments));

    /// <summary>A door.</summary>
    public static readonly Form Door = new(
        "door",
        "A path below the host's HTTP address, for the caller alone, and until when it is good.",
        [new("path", new Shape.Opaque(FileRequests.MaxPath)), new("until", Shapes.Time)]
    );

    /// <summary>The questions for a door.</summary>
    public static Listing<Verb> Verbs { get; } =
    [
        Of(
            "upload",
            "Where to PUT a file of so many bytes; what is answered there goes with a message.",
            [new("client_id", Shapes.Token), Name, Type, new("bytes", new Shape.Whole(1, Attachments.MaxBytes))]
        ),
        Of(
            "file",
            "Where to GET a file of a message; with ?small a picture's preview.",
            [new("seq", new Shape.Whole(1, Requests.MaxNumber)), File]
        ),
    ];

    private static Verb Of(string name, string says, Listing<Field> fields) =>
        new("conversation", name, false, says, fields, Door);
}
