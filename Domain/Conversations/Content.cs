namespace Chat.Domain.Conversations;

/// <summary>Why a body is not there any more.</summary>
public enum GoneReason
{
    /// <summary>Taken back.</summary>
    Redacted = 1,
}

/// <summary>What a message says, apart from everything that is decided by: present, or gone with a reason.</summary>
public abstract record Content
{
    private Content() { }

    /// <summary>It is there.</summary>
    public sealed record Present(Body Body) : Content
    {
        /// <summary>The files that it carries, in their order.</summary>
        public Listing<Attachment> Files { get; init; } = [];

        /// <summary>Other words in the place of these; the files stay.</summary>
        internal Content Edited(Content words) => words is Present said ? said with { Files = Files } : words;
    }

    /// <summary>It is gone, from everywhere.</summary>
    public sealed record Gone(GoneReason Reason) : Content;

    /// <summary>Gone because it was taken back.</summary>
    public static Content Redacted { get; } = new Gone(GoneReason.Redacted);
}
