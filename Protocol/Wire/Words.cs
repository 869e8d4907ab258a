using Chat.Domain.Conversations;
using Chat.Domain.Desks;
using Chat.Domain.Pairs;
using Chat.Domain.People;
using Chat.Domain.Views;

namespace Chat.Protocol.Wire;

/// <summary>The words that stand for a union's cases on the wire; stable for ever.</summary>
public static class Words
{
    /// <summary>A kind of conversation.</summary>
    public static string Of(ConversationKind kind) =>
        kind switch
        {
            ConversationKind.Direct => "direct",
            ConversationKind.Group => "group",
            _ => "channel",
        };

    /// <summary>Reads a kind.</summary>
    public static ConversationKind? KindOf(object? name) =>
        name switch
        {
            "direct" => ConversationKind.Direct,
            "group" => ConversationKind.Group,
            "channel" => ConversationKind.Channel,
            _ => null,
        };

    /// <summary>How somebody stands to a conversation.</summary>
    public static string Of(Standing standing) =>
        standing switch
        {
            Standing.Member => "member",
            Standing.Invited => "invited",
            _ => "former",
        };

    /// <summary>Reads a standing.</summary>
    public static Standing? StandingOf(object? name) =>
        name switch
        {
            "member" => Domain.Views.Standing.Member,
            "invited" => Domain.Views.Standing.Invited,
            "former" => Domain.Views.Standing.Former,
            _ => null,
        };

    /// <summary>From whom somebody takes something.</summary>
    /// <exception cref="ArgumentException">It is none of those that there are.</exception>
    public static string Of(Openness openness) =>
        openness switch
        {
            Openness.Everyone => "everyone",
            Openness.Friends => "friends",
            Openness.Nobody => "nobody",
            _ => throw new ArgumentException("everyone, friends or nobody", nameof(openness)),
        };

    /// <summary>Reads from whom.</summary>
    public static Openness? OpennessOf(object? word) =>
        word switch
        {
            "everyone" => Openness.Everyone,
            "friends" => Openness.Friends,
            "nobody" => Openness.Nobody,
            _ => null,
        };

    /// <summary>How somebody stands to another.</summary>
    public static string Of(Bond bond) =>
        bond switch
        {
            Bond.Friend => "friend",
            Bond.Asked => "asked",
            Bond.Asks => "asks",
            _ => "none",
        };

    /// <summary>Reads how somebody stands to another.</summary>
    public static Bond? BondOf(object? name) =>
        name switch
        {
            "friend" => Bond.Friend,
            "asked" => Bond.Asked,
            "asks" => Bond.Asks,
            "none" => Bond.None,
            _ => null,
        };

    /// <summary>What is wrong with what was reported, by number.</summary>
    internal static Listing<string> Causes { get; } =
    ["other", "spam", "harassment", "hate", "violence", "sexual", "self_harm"];

    /// <summary>What is wrong with what was reported.</summary>
    public static string Of(Cause cause) => Causes[(int)cause];

    /// <summary>Reads what is wrong.</summary>
    public static Cause? CauseOf(object? word) =>
        word is string text && Causes.Span.IndexOf(text) is >= 0 and var number ? (Cause)number : null;

    /// <summary>What came of a report.</summary>
    public static string Of(Outcome outcome) => outcome is Outcome.Acted ? "acted" : "dismissed";

    /// <summary>Reads what came of it.</summary>
    public static Outcome? OutcomeOf(object? word) =>
        word switch
        {
            "acted" => Outcome.Acted,
            "dismissed" => Outcome.Dismissed,
            _ => null,
        };

    /// <summary>What a message may carry, by number from 1.</summary>
    internal static Listing<string> Carryings { get; } = ["file", "picture"];

    /// <summary>What a message carries.</summary>
    public static string Of(Carried sort) => Carryings[(int)sort - 1];

    /// <summary>Reads what a message carries.</summary>
    public static Carried? CarriedOf(object? word) =>
        word is string text && Carryings.Span.IndexOf(text) is >= 0 and var number ? (Carried)(number + 1) : null;

    /// <summary>The parts of a view, by number from 1.</summary>
    internal static Listing<string> Parts { get; } = ["details", "members", "messages", "counts"];

    /// <summary>A part of a view.</summary>
    public static string Of(ViewPart part) => Parts[(int)part - 1];

    /// <summary>Reads a part of a view.</summary>
    public static ViewPart? PartOf(object? word) =>
        word is string text && Parts.Span.IndexOf(text) is >= 0 and var number ? (ViewPart)(number + 1) : null;

    /// <summary>A role.</summary>
    public static string Of(Role role) => role == Role.Owner ? "owner" : "member";

    /// <summary>What lets people into a room, by number from 1.</summary>
    internal static Listing<string> Ways { get; } = ["lit", "friend", "wave", "admitted", "guest"];

    /// <summary>What let somebody into a room.</summary>
    public static string Of(Domain.Rooms.Way way) => Ways[(int)way - 1];

    /// <summary>Reads what let somebody into a room.</summary>
    public static Domain.Rooms.Way? WayOf(object? word) =>
        word is string text && Ways.Span.IndexOf(text) is >= 0 and var number ? (Domain.Rooms.Way)(number + 1) : null;

    /// <summary>How a call may end, by number from 1.</summary>
    internal static Listing<string> Endings { get; } = ["hung_up", "declined", "cancelled", "missed", "busy"];

    /// <summary>How a call ended.</summary>
    public static string Of(Domain.Calls.Ending how) => Endings[(int)how - 1];

    /// <summary>Reads how a call ended.</summary>
    public static Domain.Calls.Ending? EndingOf(object? word) =>
        word is string text && Endings.Span.IndexOf(text) is >= 0 and var number
            ? (Domain.Calls.Ending)(number + 1)
            : null;

    /// <summary>Where somebody may be, by number.</summary>
    internal static Listing<string> Wheres { get; } = ["away", "hall", "room"];

    /// <summary>Where somebody is.</summary>
    public static string Of(Whereabouts where) => Wheres[(int)where];

    /// <summary>Reads where somebody is.</summary>
    public static Whereabouts? WhereaboutsOf(object? word) =>
        word is string text && Wheres.Span.IndexOf(text) is >= 0 and var number ? (Whereabouts)number : null;
}
