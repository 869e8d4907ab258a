using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>Roles, settings and who is let in: what is asked, what is told and how it stands.</summary>
internal static class GoverningForms
{
    private static readonly Field Person = new("person", Shapes.Token);
    private static readonly Field Role = new("role", Shapes.Token);
    private static readonly Field Why = Maybe("reason", Shapes.Reason);
    private static readonly Field Until = Maybe("until", Shapes.Time);
    private static readonly Field Seq = new("seq", new Shape.Whole(1, Requests.MaxNumber));

    /// <summary>Roles by their ids.</summary>
    public static readonly Shape RoleIds = new Shape.Many(Shapes.Token, Limits.RolesOfMember);

    private static readonly Shape Permissions = new Shape.Many(
        Words([.. Enum.GetValues<Permission>().Select(one => one.Word())]),
        64
    );

    /// <summary>What is granted and denied; none where it is left out.</summary>
    public static readonly Listing<Field> Grant = [Maybe("allow", Permissions), Maybe("deny", Permissions)];

    private static readonly Listing<Field> Definition =
    [
        Role,
        new("name", new Shape.Text(RoleName.MaxBytes)),
        new("rank", new Shape.Whole(0, RoleDefinition.MaxRank)),
        .. Grant,
    ];

    private static readonly Listing<Field> SettingFields =
    [
        new("join", Words("open", "invite", "knock")),
        new("history", Words("all", "join", "invite", "last")),
        new("history_last", new Shape.Whole(0, Settings.MaxHistoryLast)),
        new("announce_only", Shapes.Flag),
        new("locked", Shapes.Flag),
        new("slow_mode_ms", new Shape.Whole(0, Settings.MaxSlowModeMs)),
        new("edit_window_ms", new Shape.Whole(0, Settings.MaxEditWindowMs)),
        new("message_bytes", new Shape.Whole(1, Domain.Values.Body.MaxBytes)),
    ];

    private static readonly Form Kept = new("settings", "How a conversation is kept.", SettingFields);

    /// <summary>How a conversation is kept, with its roles and pins.</summary>
    public static readonly Form Rules = new(
        "rules",
        "How a conversation is kept: its settings, its roles, what is pinned and who knocks.",
        [
            new("settings", Inner(Kept)),
            new(
                "roles",
                Many(new Form("role", "A role; allow and deny are words for permissions.", Definition), Limits.Roles)
            ),
            new(
                "pins",
                Many(
                    new Form(
                        "pin",
                        "A pinned message.",
                        [new("seq", Number), new("version", Number), Maybe("by", Shapes.Token)]
                    ),
                    Limits.Pins
                )
            ),
            new("knocking", Everybody()),
        ]
    );

    private static readonly Field Length = Maybe("for_ms", new Shape.Whole(1, Limits.LongestMs));

    /// <summary>What can be asked, less what every request carries.</summary>
    public static readonly Listing<Form> Verbs =
    [
        new("pin", "Pin a message.", [Seq]),
        new("unpin", "Take a pin off.", [Seq]),
        new("settings", "Change how it is kept.", Listing.From(SettingFields.Select(field => Maybe(field)))),
        new("words", "Let these be all the rules about words.", [WordRules.Field]),
        new("role", "Define a role, or define it anew; everyone has rank 0.", Definition),
        new("drop_role", "Let a role be no more.", [Role]),
        new(
            "assign",
            "Give a member exactly these roles, and these permissions of their own.",
            [Person, Maybe("roles", RoleIds), .. Grant]
        ),
        new("transfer", "Make another member the owner.", [Person]),
        new("kick", "Put a member out.", [Person, Why]),
        new(
            "ban",
            "Keep somebody out, for a time or until unbanned, and take back what they said of late.",
            [Person, Length, Why, Maybe("purge_ms", new Shape.Whole(1, Limits.LongestMs))]
        ),
        new(
            "link",
            "Make a link that lets people in.",
            [
                new("link", Shapes.Token),
                Length,
                Maybe("max_uses", new Shape.Whole(1, Limits.ChannelMembers)),
                Maybe("people", People(Limits.LinkPeople)),
            ]
        ),
        new("unlink", "Let a link let nobody in any more.", [new("link", Shapes.Token)]),
        new("unban", "Let somebody come in again.", [Person]),
        new(
            "timeout",
            "Take the word from a member for a time; 0 gives it back.",
            [Person, new("for_ms", new Shape.Whole(0, Limits.LongestMs)), Why]
        ),
        new("knock", "Ask to be asked in.", [Why]),
        new("uninvite", "Take an invitation back or turn a knock away, one's own too.", [Person]),
    ];

    /// <summary>What is told, less what every event carries.</summary>
    public static readonly Listing<Form> Events =
    [
        new("settings_changed", "It is kept so from now on.", [new("settings", Inner(Kept))]),
        new("role_set", "A role is this from now on.", Definition),
        new("role_dropped", "A role is no more.", [Role]),
        new("roles_assigned", "A member has exactly these.", [Person, new("roles", RoleIds), .. Grant]),
        new("ownership_transferred", "Another member is the owner.", [Person]),
        new("kicked", "A member was put out.", [Person, Why]),
        new(
            "banned",
            "Somebody is kept out; was_in tells whether they were a member.",
            [Person, Until, Why, new("was_in", Shapes.Flag)]
        ),
        new("unbanned", "Somebody may come in again.", [Person]),
        new(
            "timed_out",
            "A member has not the word until then; without until it was given back.",
            [Person, Until, Why, Maybe("rule", Shapes.Token)]
        ),
        new("knocked", "Somebody asks to be asked in.", [Why]),
        new("uninvited", "An invitation or a knock was taken back.", [Person]),
        new(
            "called",
            "There was a call, by whoever did this; length_ms is how long they talked.",
            [new("video", Shapes.Flag), new("how", new Shape.Word(Wire.Words.Endings)), new("length_ms", Shapes.Number)]
        ),
        new(
            "partied",
            "Members were in a room together, and all of them wanted it kept.",
            [new("party", Shapes.Inner(Parties.Form))]
        ),
    ];

    private static Field Maybe(Field field) => field with { IsOptional = true };

    private static Field Maybe(string name, Shape shape) => Shapes.Maybe(name, shape);
}
