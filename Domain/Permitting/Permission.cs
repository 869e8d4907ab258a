namespace Chat.Domain.Permitting;

/// <summary>What can be granted and denied. The numbers are stored; one is never given another meaning.</summary>
public enum Permission
{
    /// <summary>Say something, and edit what one said.</summary>
    Send = 0,

    /// <summary>Put emoji under messages.</summary>
    React = 1,

    /// <summary>Ask people in by name, and make links that let people in.</summary>
    Invite = 2,

    /// <summary>Say what the conversation is called and what it is about.</summary>
    Rename = 3,

    /// <summary>Pin messages, and take pins off.</summary>
    Pin = 4,

    /// <summary>Say something where only announcements are made.</summary>
    Announce = 5,

    /// <summary>Say something at any time where others have to wait between messages.</summary>
    SkipSlowMode = 6,

    /// <summary>Take messages of others back.</summary>
    Redact = 7,

    /// <summary>Put somebody out, who may come back as anybody may.</summary>
    Kick = 8,

    /// <summary>Put somebody out who may not come back, and let them again.</summary>
    Ban = 9,

    /// <summary>Take the word from somebody for a time.</summary>
    Timeout = 10,

    /// <summary>Define roles below one's own and give them to people below oneself.</summary>
    ManageRoles = 11,

    /// <summary>Change the settings, the lock among them.</summary>
    ManageSettings = 12,

    /// <summary>Take back invitations and links of others, and turn knocks away.</summary>
    Admit = 13,

    /// <summary>Send pictures and other files.</summary>
    Attach = 14,

    /// <summary>Mention everyone at once, or all who have a role.</summary>
    MentionEveryone = 15,

    /// <summary>See what was reported, and settle it.</summary>
    Reports = 16,
}

/// <summary>The words for permissions: in rules, on the wire, in the documents. Stable for ever.</summary>
public static class PermissionWords
{
    private static readonly Listing<string> Words =
    [
        "send",
        "react",
        "invite",
        "rename",
        "pin",
        "announce",
        "skip_slow_mode",
        "redact",
        "kick",
        "ban",
        "timeout",
        "manage_roles",
        "manage_settings",
        "admit",
        "attach",
        "mention_everyone",
        "reports",
    ];

    private static readonly Listing<string> Rules = Listing.From(Words.Select(word => $"permission.{word}"));

    /// <summary>A permission's word.</summary>
    public static string Word(this Permission permission) => Words[(int)permission];

    /// <summary>The permission of a word.</summary>
    public static Option<Permission> Find(string word) =>
        Words.Span.IndexOf(word) is >= 0 and var index ? Some((Permission)index) : None;

    /// <summary>The rule that asks for a permission.</summary>
    internal static string Rule(this Permission permission) => Rules[(int)permission];
}

/// <summary>A set of permissions.</summary>
/// <param name="Bits">One bit for each, at its number; no other bit is set.</param>
public readonly record struct Powers(uint Bits)
{
    private static readonly Listing<Permission> Each = Listing.Of<Permission>(Enum.GetValues<Permission>());

    /// <summary>None.</summary>
    public static Powers None => default;

    /// <summary>All there are.</summary>
    public static Powers All { get; } = Of(Each.Span);

    /// <summary>These.</summary>
    public static Powers Of(params ReadOnlySpan<Permission> some)
    {
        var bits = 0u;
        foreach (var one in some)
            bits |= 1u << (int)one;
        return new Powers(bits);
    }

    /// <summary>Those of some bits that mean anything.</summary>
    public static Powers Known(uint bits) => new(bits & All.Bits);

    /// <summary>Whether one is in it.</summary>
    public bool Has(Permission one) => (Bits & (1u << (int)one)) != 0;

    /// <summary>These and those.</summary>
    public Powers With(Powers more) => new(Bits | more.Bits);

    /// <summary>These without those.</summary>
    public Powers Without(Powers less) => new(Bits & ~less.Bits);

    /// <summary>Whether all of these are among those.</summary>
    public bool IsWithin(Powers those) => (Bits & ~those.Bits) == 0;

    /// <summary>Each that is in it, by number.</summary>
    public Listing<Permission> List()
    {
        var bits = Bits;
        return Listing.From(Each.Where(one => (bits & (1u << (int)one)) != 0));
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(' ', List())}]";
}

/// <summary>
/// What one layer adds and takes. Within a layer denials come first, so what it allows stays allowed.
/// </summary>
/// <param name="Allow">What it adds.</param>
/// <param name="Deny">What it takes from the layers before it.</param>
public sealed record Grant(Powers Allow, Powers Deny)
{
    /// <summary>Nothing added, nothing taken.</summary>
    public static Grant None { get; } = new(Powers.None, Powers.None);

    /// <summary>What is left of some powers after this layer.</summary>
    public Powers On(Powers before) => before.Without(Deny).With(Allow);

    /// <summary>Both at once, as the roles of one member are one layer.</summary>
    public Grant And(Grant other) => new(Allow.With(other.Allow), Deny.With(other.Deny));

    /// <summary>
    /// What one must hold oneself to put this in the place of another: what it newly allows, and what it no longer
    /// denies.
    /// </summary>
    public Powers Beyond(Grant before) => Allow.Without(before.Allow).With(before.Deny.Without(Deny));
}
