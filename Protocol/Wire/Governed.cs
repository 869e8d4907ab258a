using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Roles, permissions and settings in words, both ways; stable for ever.</summary>
internal static class Governed
{
    public static string Of(JoinRule rule) =>
        rule switch
        {
            JoinRule.Open => "open",
            JoinRule.Knock => "knock",
            _ => "invite",
        };

    public static JoinRule? JoinOf(object? word) =>
        word switch
        {
            "open" => JoinRule.Open,
            "invite" => JoinRule.Invite,
            "knock" => JoinRule.Knock,
            _ => null,
        };

    public static string Of(HistoryRule rule) =>
        rule switch
        {
            HistoryRule.All => "all",
            HistoryRule.Invite => "invite",
            HistoryRule.Last => "last",
            _ => "join",
        };

    public static HistoryRule? HistoryOf(object? word) =>
        word switch
        {
            "all" => HistoryRule.All,
            "join" => HistoryRule.Join,
            "invite" => HistoryRule.Invite,
            "last" => HistoryRule.Last,
            _ => null,
        };

    public static Validation<Fault, Option<JoinRule>> JoinIfAny(Fields body) =>
        WordIfAny(body, "join", JoinOf, "open, invite or knock");

    public static Validation<Fault, Option<HistoryRule>> HistoryIfAny(Fields body) =>
        WordIfAny(body, "history", HistoryOf, "all, join, invite or last");

    private static Validation<Fault, Option<T>> WordIfAny<T>(
        Fields body,
        string name,
        Func<object?, T?> read,
        string rule
    )
        where T : struct =>
        body[name] is null ? Validation<Fault, Option<T>>.Success(None)
        : read(body[name]) is { } known ? Validation<Fault, Option<T>>.Success(Some(known))
        : Fields.Wrong<Option<T>>(name, rule);

    /// <summary>A list of permissions' words; absent is none.</summary>
    public static Validation<Fault, Powers> Powers(Fields body, string name)
    {
        if (body[name] is null)
            return Validation<Fault, Powers>.Success(Domain.Permitting.Powers.None);
        if (body[name] is not object?[] { Length: <= 64 } words)
            return Wrong();
        var known = words.Map(word => word is string text ? PermissionWords.Find(text) : None).ToArray();
        return known.All(one => one.IsSome)
            ? Validation<Fault, Powers>.Success(Domain.Permitting.Powers.Of([.. known.SelectMany(one => one)]))
            : Wrong();

        Validation<Fault, Powers> Wrong() => Fields.Wrong<Powers>(name, "words for permissions");
    }

    /// <summary>A list of roles; absent is none.</summary>
    public static Validation<Fault, Listing<RoleId>> Roles(Fields body, string name, int most) =>
        body.Tokens(name, most, "roles", RoleId.Of);

    public static int FieldsOf(Grant grant) =>
        Writing.Count(grant.Allow != Domain.Permitting.Powers.None, grant.Deny != Domain.Permitting.Powers.None);

    public static void Write(ref MessagePackWriter writer, Grant grant)
    {
        if (grant.Allow != Domain.Permitting.Powers.None)
            Write(ref writer, "allow", grant.Allow);
        if (grant.Deny != Domain.Permitting.Powers.None)
            Write(ref writer, "deny", grant.Deny);
    }

    public static void Write(ref MessagePackWriter writer, string name, Powers powers) =>
        writer.Field(name, powers.List(), static (ref MessagePackWriter w, Permission one) => w.Write(one.Word()));

    public static void Write(ref MessagePackWriter writer, string name, Listing<RoleId> roles) =>
        writer.Field(name, roles, static (ref MessagePackWriter w, RoleId role) => w.Write(role.Value));

    public static void Write(ref MessagePackWriter writer, Settings settings)
    {
        writer.WriteMapHeader(8);
        writer.Field("join", Of(settings.Join));
        writer.Field("history", Of(settings.History));
        writer.Field("history_last", settings.HistoryLast);
        writer.Field("announce_only", settings.AnnounceOnly);
        writer.Field("locked", settings.Locked);
        writer.Field("slow_mode_ms", settings.SlowModeMs);
        writer.Field("edit_window_ms", settings.EditWindowMs);
        writer.Field("message_bytes", settings.MessageBytes);
    }

    public static Settings SettingsOf(Fields settings) =>
        new(
            JoinOf(settings["join"]) ?? throw new FormatException("join"),
            HistoryOf(settings["history"]) ?? throw new FormatException("history"),
            (int)settings.Long("history_last"),
            settings["announce_only"] is true,
            settings["locked"] is true,
            settings.Long("slow_mode_ms"),
            settings.Long("edit_window_ms"),
            (int)settings.Long("message_bytes")
        );

    public static Grant GrantOf(Fields one) => new(PowersOf(one, "allow"), PowersOf(one, "deny"));

    // A word that this version does not know grants nothing that it could ask for.
    private static Powers PowersOf(Fields one, string name) =>
        one[name] is object?[] words
            ? Domain.Permitting.Powers.Of([.. words.OfType<string>().SelectMany(word => PermissionWords.Find(word))])
            : Domain.Permitting.Powers.None;

    public static Listing<RoleId> RolesOf(Fields one, string name) =>
        Roles(one, name, Fields.MaxElements).Match(roles => roles, _ => throw new FormatException(name));

    public static void Write(ref MessagePackWriter writer, GoverningEntry rules)
    {
        writer.WriteMapHeader(4);
        writer.Write("settings");
        Write(ref writer, rules.Settings);
        writer.Field("roles", rules.Roles, WriteRole);
        writer.Field(
            "pins",
            rules.Pins,
            static (ref MessagePackWriter w, MessageRef pin) =>
            {
                w.WriteMapHeader(2 + Writing.Count(pin.Author is not null));
                w.Field("seq", pin.Seq);
                w.Field("version", pin.Version);
                if (pin.Author is { } author)
                    w.Field("by", author.Value);
            }
        );
        writer.Field("knocking", rules.Knocking);
    }

    private static void WriteRole(ref MessagePackWriter writer, RoleEntry role)
    {
        writer.WriteMapHeader(3 + Governed.FieldsOf(role.Definition.Grant));
        writer.Field("role", role.Role.Value);
        writer.Field("name", role.Definition.Name.Value);
        writer.Field("rank", role.Definition.Rank);
        Write(ref writer, role.Definition.Grant);
    }

    public static GoverningEntry RulesOf(Fields rules) =>
        new(
            SettingsOf(rules.Map("settings")),
            rules.List("roles", one => new RoleEntry(GoverningEvents.RoleOf(one), GoverningEvents.DefinitionOf(one))),
            rules.List(
                "pins",
                one => new MessageRef(one.Long("seq"), one.Long("version"), Decoding.AuthorOf(one["by"]))
            ),
            rules.Persons("knocking")
        );
}
