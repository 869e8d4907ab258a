using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The verbs and maps about calls between two.</summary>
public static class CallForms
{
    private static readonly Field Client = new("client_id", Shapes.Token);
    private static readonly Field Number = new("number", new Shape.Whole(1, Requests.MaxNumber));
    private static readonly Field Data = new("data", new Shape.Text(CallSignal.MaxBytes));
    private static readonly Shape Text = new Shape.Text(CallAnswers.MaxTextBytes);

    /// <summary>A call of two.</summary>
    public static Form Call { get; } =
        new(
            "call",
            "A call as it is: it rings until answered_at or how is there, and is over when how is.",
            [
                Number,
                new("caller", Shapes.Token),
                new("callee", Shapes.Token),
                new("from", Shapes.Token),
                new("video", Shapes.Flag),
                new("at", Shapes.Time),
                Maybe("answered_at", Shapes.Time),
                Maybe("on", Shapes.Token),
                Maybe("how", new Shape.Word(Wire.Words.Endings)),
                Maybe("ended_at", Shapes.Time),
            ]
        );

    /// <summary>The last call of two.</summary>
    public static Form Last { get; } =
        new("call_last", "The last call of the two; nothing where there was none.", [Maybe("call", Inner(Call))]);

    /// <summary>Where devices find each other.</summary>
    public static Form Relays { get; } =
        new(
            "relays",
            "Servers by which devices find each other where no straight way leads, and what lets one use them.",
            [
                new("urls", new Shape.Many(Text, CallAnswers.MaxUrls)),
                Maybe("username", Text),
                Maybe("credential", Text),
                Maybe("until", Shapes.Time),
            ]
        );

    /// <summary>What the other passes on.</summary>
    public static Form Passed { get; } =
        new(
            "call_signal",
            "Something that the other's device passes on.",
            [new("type", Words("call_signal")), Number, new("by", Shapes.Token), new("device", Shapes.Token), Data]
        );

    /// <summary>The verbs.</summary>
    public static Listing<Verb> Verbs { get; } =
    [
        Of("ring", "Call a friend, or take their call where they are just calling.", Maybe("video", Shapes.Flag)),
        Of("accept", "Take the call that rings, on this device.", Number),
        Of("decline", "Not take it.", Number),
        Of(
            "hang_up",
            "End it, ringing or taken; without a number whichever there is.",
            Number with
            {
                IsOptional = true,
            }
        ),
        new(CallRequests.Area, "get", false, "The last call of the two.", [], Last),
        new(
            CallRequests.Area,
            "signal",
            false,
            "Pass something on to the other's device, once the call is taken.",
            [Number, Data],
            null
        ),
        new(
            CallRequests.Area,
            "relays",
            true,
            "Where devices find each other where no straight way leads.",
            [],
            Relays
        ),
    ];

    private static Verb Of(string name, string says, params Field[] fields) =>
        new(CallRequests.Area, name, false, says, [Client, .. fields], PairForms.Receipt);
}
