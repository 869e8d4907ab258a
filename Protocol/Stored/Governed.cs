using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>Settings, roles and grants as events and snapshots hold them.</summary>
internal static class Governed
{
    public static void Write(ref MessagePackWriter writer, Settings settings)
    {
        writer.WriteArrayHeader(8);
        writer.Write((int)settings.Join);
        writer.Write((int)settings.History);
        writer.Write(settings.HistoryLast);
        writer.Write(settings.AnnounceOnly);
        writer.Write(settings.Locked);
        writer.Write(settings.SlowModeMs);
        writer.Write(settings.EditWindowMs);
        writer.Write(settings.MessageBytes);
    }

    public static Settings Settings(ref MessagePackReader reader)
    {
        reader.Fixed(8);
        var settings = new Settings(
            (JoinRule)reader.ReadInt32(),
            (HistoryRule)reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadBoolean(),
            reader.ReadBoolean(),
            reader.ReadInt64(),
            reader.ReadInt64(),
            reader.ReadInt32()
        );
        Reading.Must(settings.Faults.Count == 0, "stored.settings");
        return settings;
    }

    public static void Write(ref MessagePackWriter writer, RoleDefinition definition)
    {
        writer.WriteArrayHeader(3);
        writer.Write(definition.Name.Value);
        writer.Write(definition.Rank);
        Write(ref writer, definition.Grant);
    }

    public static RoleDefinition Definition(ref MessagePackReader reader)
    {
        reader.Fixed(3);
        var name = reader.Value(RoleName.Create);
        var rank = reader.ReadInt32();
        Reading.Must(rank is >= 0 and <= RoleDefinition.MaxRank, "stored.rank");
        return new RoleDefinition(name, rank, Grant(ref reader));
    }

    public static void Write(ref MessagePackWriter writer, Grant grant)
    {
        writer.WriteArrayHeader(2);
        writer.Write(grant.Allow.Bits);
        writer.Write(grant.Deny.Bits);
    }

    public static Grant Grant(ref MessagePackReader reader)
    {
        reader.Fixed(2);
        var (allow, deny) = (Powers(ref reader), Powers(ref reader));
        return (allow.Bits | deny.Bits) == 0 ? Domain.Permitting.Grant.None : new Grant(allow, deny);
    }

    private static Powers Powers(ref MessagePackReader reader)
    {
        var bits = reader.ReadUInt32();
        Reading.Must(Domain.Permitting.Powers.Known(bits).Bits == bits, "stored.permissions");
        return new Powers(bits);
    }

    public static void Write(ref MessagePackWriter writer, Listing<RoleId> roles)
    {
        writer.WriteArrayHeader(roles.Count);
        foreach (var role in roles)
            writer.Write(role.Value);
    }

    public static Listing<RoleId> Roles(ref MessagePackReader reader)
    {
        if (reader.Count(Limits.RolesOfMember) is not (> 0 and var count))
            return [];
        var roles = new RoleId[count];
        for (var i = 0; i < roles.Length; i++)
            roles[i] = reader.Value(RoleId.Create);
        return Listing.Of<RoleId>(roles);
    }

    public static void Write(ref MessagePackWriter writer, Instant? until)
    {
        if (until is { } end)
            writer.Write(end.Milliseconds);
        else
            writer.WriteNil();
    }

    public static Instant? Until(ref MessagePackReader reader) => reader.TryReadNil() ? null : reader.Instant();

    public static void Write(ref MessagePackWriter writer, int? uses)
    {
        if (uses is { } most)
            writer.Write(most);
        else
            writer.WriteNil();
    }

    public static int? Uses(ref MessagePackReader reader) => reader.TryReadNil() ? null : Counted(ref reader);

    public static void Write(ref MessagePackWriter writer, LinkId id, Link link)
    {
        writer.WriteArrayHeader(6);
        writer.Write(id.Value);
        writer.Write(link.By.Value);
        Write(ref writer, link.Until);
        Write(ref writer, link.MaxUses);
        writer.Write(link.People);
        writer.Write(link.Uses);
    }

    public static (LinkId Id, Link Link) Link(ref MessagePackReader reader)
    {
        reader.Fixed(6);
        return (
            reader.Value(LinkId.Create),
            new Link(reader.Person(), Until(ref reader), Uses(ref reader), reader.People(), Counted(ref reader))
        );
    }

    public static void Write(ref MessagePackWriter writer, Listing<WordRule> rules)
    {
        writer.WriteArrayHeader(rules.Count);
        foreach (var rule in rules)
        {
            writer.WriteArrayHeader(4);
            writer.Write(rule.Id.Value);
            writer.WriteArrayHeader(rule.Phrases.Count);
            foreach (var phrase in rule.Phrases)
                writer.Write(phrase.Value);
            writer.Write((int)rule.Action);
            writer.Write(rule.ForMs);
        }
    }

    public static Listing<WordRule> WordRules(ref MessagePackReader reader)
    {
        var rules = new WordRule[reader.Count(WordRule.Most)];
        for (var i = 0; i < rules.Length; i++)
        {
            reader.Fixed(4);
            var id = reader.Value(WordRuleId.Create);
            var phrases = new Phrase[reader.Count(WordRule.MaxPhrases)];
            for (var j = 0; j < phrases.Length; j++)
                phrases[j] = reader.Value(Phrase.Create);
            rules[i] = new WordRule(
                id,
                Listing.Of<Phrase>(phrases),
                (WordAction)reader.ReadInt32(),
                reader.ReadInt64()
            );
        }
        var read = Listing.Of<WordRule>(rules);
        Reading.Must(WordRule.FaultsOf(read).Count == 0, "stored.word_rules");
        return read;
    }

    private static int Counted(ref MessagePackReader reader)
    {
        var count = reader.ReadInt32();
        Reading.Must(count >= 0, "stored.negative");
        return count;
    }
}
