using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The verb that searches, and what it answers.</summary>
public static class SearchForms
{
    /// <summary>A message, and where it was said.</summary>
    public static readonly Form Found = new(
        "found",
        "A message that was found, and where.",
        [new("conversation", Shapes.Token), new("message", new Shape.Inner([Forms.Message]))]
    );

    /// <summary>A page.</summary>
    public static Form Page { get; } =
        new(
            "search_page",
            "Messages that were found, the newest first; without a cursor it is the last page.",
            [
                new("found", new Shape.Many(new Shape.Inner([Found]), Shapes.MaxPage)),
                Maybe("cursor", new Shape.Opaque(Requests.MaxCursor)),
            ]
        );

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } =
        new(
            "conversation",
            "search",
            false,
            "Messages that have all of the words, and carry what is asked for; with the id -, in all conversations "
                + "that the caller is in.",
            [
                Maybe("words", new Shape.Text(SearchWords.MaxBytes, MayBeBlank: true)),
                Maybe("author", Shapes.Token),
                Maybe("mention", Shapes.Token),
                Maybe("before", Shapes.Time),
                Maybe("after", Shapes.Time),
                Maybe("has", Words([.. Wire.Words.Carryings])),
                Maybe("cursor", new Shape.Opaque(Requests.MaxCursor)),
                Maybe("limit", new Shape.Whole(1, Shapes.MaxPage)),
            ],
            Page
        );
}
