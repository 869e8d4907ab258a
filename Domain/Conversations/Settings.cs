namespace Chat.Domain.Conversations;

/// <summary>Who may come in.</summary>
public enum JoinRule
{
    /// <summary>Whoever knows it.</summary>
    Open = 1,

    /// <summary>Who was asked in. To others it looks as if it did not exist.</summary>
    Invite = 2,

    /// <summary>Who was asked in; others may knock.</summary>
    Knock = 3,
}

/// <summary>What somebody sees of the time before they came in.</summary>
public enum HistoryRule
{
    /// <summary>All of it.</summary>
    All = 1,

    /// <summary>Nothing.</summary>
    Join = 2,

    /// <summary>What was said since they were asked in.</summary>
    Invite = 3,

    /// <summary>The last messages, as many as <see cref="Settings.HistoryLast"/> says.</summary>
    Last = 4,
}

/// <summary>How a conversation is kept. Written whole into its event, so that the last one says all.</summary>
/// <param name="Join">Who may come in.</param>
/// <param name="History">What who comes in sees of the past; changing it opens and closes nothing for who is
/// in.</param>
/// <param name="HistoryLast">Messages of <see cref="HistoryRule.Last"/>, 0 to 1,000.</param>
/// <param name="AnnounceOnly">Only who may announce says anything.</param>
/// <param name="Locked">Nothing changes but by who may change settings; one may still leave and take back.</param>
/// <param name="SlowModeMs">Milliseconds between two messages of one member, 0 to six hours.</param>
/// <param name="EditWindowMs">Milliseconds in which a message may be edited; 0 where there is no end.</param>
/// <param name="MessageBytes">The longest body, in bytes of UTF-8; 1 to <see cref="Body.MaxBytes"/>.</param>
public sealed record Settings(
    JoinRule Join,
    HistoryRule History,
    int HistoryLast = 0,
    bool AnnounceOnly = false,
    bool Locked = false,
    long SlowModeMs = 0,
    long EditWindowMs = 0,
    int MessageBytes = Body.MaxBytes
)
{
    /// <summary>The most messages that may be shown to who comes in later.</summary>
    public const int MaxHistoryLast = 1_000;

    /// <summary>The longest pause between two messages: six hours.</summary>
    public const long MaxSlowModeMs = 21_600_000;

    /// <summary>The longest time in which something may be edited: a year.</summary>
    public const long MaxEditWindowMs = 31_536_000_000;

    /// <summary>What a kind begins with: a channel is open with all of its past, anything else neither.</summary>
    public static Settings Of(ConversationKind? kind) =>
        kind is ConversationKind.Channel ? new(JoinRule.Open, HistoryRule.All) : new(JoinRule.Invite, HistoryRule.Join);

    /// <summary>The rules that these break: each with the field's name.</summary>
    public Listing<string> Faults =>
        Listing.From(
            new (bool Holds, string Rule)[]
            {
                (Enum.IsDefined(Join), "join: open, invite or knock"),
                (Enum.IsDefined(History), "history: all, join, invite or last"),
                (HistoryLast is >= 0 and <= MaxHistoryLast, $"history_last: 0 to {MaxHistoryLast}"),
                (SlowModeMs is >= 0 and <= MaxSlowModeMs, $"slow_mode_ms: 0 to {MaxSlowModeMs}"),
                (EditWindowMs is >= 0 and <= MaxEditWindowMs, $"edit_window_ms: 0 to {MaxEditWindowMs}"),
                (MessageBytes is >= 1 and <= Body.MaxBytes, $"message_bytes: 1 to {Body.MaxBytes}"),
            }
                .Where(one => !one.Holds)
                .Select(one => one.Rule)
        );
}

/// <summary>What is to be different; null leaves it as it is.</summary>
public sealed record SettingsChange(
    JoinRule? Join = null,
    HistoryRule? History = null,
    int? HistoryLast = null,
    bool? AnnounceOnly = null,
    bool? Locked = null,
    long? SlowModeMs = null,
    long? EditWindowMs = null,
    int? MessageBytes = null
)
{
    /// <summary>The settings with this changed.</summary>
    public Settings On(Settings before) =>
        new(
            Join ?? before.Join,
            History ?? before.History,
            HistoryLast ?? before.HistoryLast,
            AnnounceOnly ?? before.AnnounceOnly,
            Locked ?? before.Locked,
            SlowModeMs ?? before.SlowModeMs,
            EditWindowMs ?? before.EditWindowMs,
            MessageBytes ?? before.MessageBytes
        );
}
