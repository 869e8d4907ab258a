using Chat.Domain.Conversations;

namespace Chat.Domain.Permitting;

/// <summary>
/// What a member may do: what the kind gives everybody, then the role of everyone, then all other roles as one layer,
/// then what was granted and denied to them alone. In each layer denials come first. The owner may do everything.
/// </summary>
public static class Layers
{
    /// <summary>The rank of an owner: above every role.</summary>
    public const int OwnerRank = int.MaxValue;

    /// <summary>What a kind gives every member.</summary>
    public static Powers Defaults(ConversationKind? kind) =>
        kind switch
        {
            ConversationKind.Direct => Powers.Of(Permission.Send, Permission.React, Permission.Pin, Permission.Attach),
            ConversationKind.Group => Powers.Of(
                Permission.Send,
                Permission.React,
                Permission.Invite,
                Permission.Rename,
                Permission.Pin,
                Permission.Attach
            ),
            ConversationKind.Channel => Powers.Of(
                Permission.Send,
                Permission.React,
                Permission.Invite,
                Permission.Attach
            ),
            _ => Powers.None,
        };

    /// <summary>All that a member may do.</summary>
    public static Powers Of(State state, Member member)
    {
        var granted = Granted(state, member);
        // Who may not speak cannot announce either, send files or call everyone, whatever grants it.
        return granted.Has(Permission.Send)
            ? granted
            : granted.Without(Powers.Of(Permission.Announce, Permission.Attach, Permission.MentionEveryone));
    }

    /// <summary>
    /// All that somebody may do at a moment, as things stand: nothing while they have not the word, or where it is
    /// locked and they could not unlock it; and they speak only where they may announce, if that is all one may.
    /// </summary>
    public static Powers Now(State state, PersonId person, Instant now)
    {
        if (state.Members.Find(person).Case is not Member member || now < member.TimedOutUntil)
            return Powers.None;
        if (!state.ClosedBy.IsEmpty)
            return Powers.None;
        var powers = Of(state, member);
        if (state.Settings.Locked && !powers.Has(Permission.ManageSettings))
            return Powers.None;
        return state.Settings.AnnounceOnly && !powers.Has(Permission.Announce)
            ? powers.Without(Powers.Of(Permission.Send))
            : powers;
    }

    /// <summary>All that the layers give a member, before what one denial implies.</summary>
    public static Powers Granted(State state, Member member) =>
        IsOwner(state, member) ? Powers.All
        : IsPlain(state, member) ? Defaults(state.Kind)
        : Each(state, member).Fold(Defaults(state.Kind), (before, layer) => layer.Grant.On(before));

    /// <summary>How high a member stands: the owner above all, then by their highest role.</summary>
    public static int RankOf(State state, Member member) =>
        IsOwner(state, member) ? OwnerRank : member.Roles.Fold(0, (rank, role) => Math.Max(rank, RankOf(state, role)));

    /// <summary>How high a role stands; one that is not there stands lowest.</summary>
    internal static int RankOf(State state, RoleId role) => state.Roles.Find(role).Map(found => found.Rank).IfNone(0);

    /// <summary>How high a person stands; who is not in stands lowest.</summary>
    public static int RankOf(State state, PersonId person) =>
        state.Members.Find(person).Map(member => RankOf(state, member)).IfNone(0);

    /// <summary>The layer that decided on a permission: the last that said anything of it.</summary>
    public static string Source(State state, Member member, Permission permission)
    {
        if (IsOwner(state, member))
            return "owner";
        if (IsPlain(state, member))
            return Default(state.Kind);
        var decided = Each(state, member)
            .Rev()
            .Find(layer => layer.Grant.Allow.Has(permission) || layer.Grant.Deny.Has(permission));
        return decided.Match(
            layer => $"{layer.Name(permission)}.{(layer.Grant.Allow.Has(permission) ? "allows" : "denies")}",
            () => Default(state.Kind)
        );
    }

    private static bool IsOwner(State state, Member member) =>
        member.Role is Role.Owner && state.Kind is not ConversationKind.Direct;

    /// <summary>
    /// The rules by which a member may do something or not: the layer that decided, and the permission. It is asked of
    /// every send, and most who send have what their conversation's kind gives them.
    /// </summary>
    internal static Listing<string> Because(State state, Member member, Permission permission) =>
        !IsOwner(state, member) && IsPlain(state, member)
            ? ByDefault(state.Kind)[(int)permission]
            : [Source(state, member, permission), permission.Rule()];

    private static readonly Listing<Listing<string>> OfDirect = ByPermission(Default(ConversationKind.Direct));
    private static readonly Listing<Listing<string>> OfGroup = ByPermission(Default(ConversationKind.Group));
    private static readonly Listing<Listing<string>> OfChannel = ByPermission(Default(ConversationKind.Channel));

    private static Listing<Listing<string>> ByDefault(ConversationKind? kind) =>
        kind switch
        {
            ConversationKind.Direct => OfDirect,
            ConversationKind.Group => OfGroup,
            _ => OfChannel,
        };

    private static Listing<Listing<string>> ByPermission(string source) =>
        Listing.From(Enum.GetValues<Permission>().Select(one => (Listing<string>)[source, one.Rule()]));

    // No layer says anything of them.
    private static bool IsPlain(State state, Member member) =>
        member.Roles.Count == 0 && member.Grant == Grant.None && !state.Roles.ContainsKey(RoleId.Everyone);

    private static Seq<Layer> Each(State state, Member member)
    {
        var layers = Seq<Layer>();
        if (state.Roles.Find(RoleId.Everyone).Case is RoleDefinition everyone)
            layers = layers.Add(new Layer("everyone", everyone.Grant, []));
        if (member.Roles.Count > 0)
        {
            var roles = Listing.From(
                member.Roles.SelectMany(role => state.Roles.Find(role).Map(found => (role, found)))
            );
            var both = roles.Fold(Grant.None, (grant, role) => grant.And(role.found.Grant));
            layers = layers.Add(new Layer("role", both, roles));
        }
        return member.Grant == Grant.None ? layers : layers.Add(new Layer("member", member.Grant, []));
    }

    private static string Default(ConversationKind? kind) =>
        kind switch
        {
            ConversationKind.Direct => "direct.default",
            ConversationKind.Group => "group.default",
            _ => "channel.default",
        };

    private sealed record Layer(string Kind, Grant Grant, Listing<(RoleId Id, RoleDefinition Definition)> Roles)
    {
        // Of several roles the one that decided: the first in order that allows, else the first that denies.
        public string Name(Permission permission)
        {
            if (Roles.Count == 0)
                return Kind;
            var allows = Grant.Allow.Has(permission);
            var deciding = Roles.First(role =>
                (allows ? role.Definition.Grant.Allow : role.Definition.Grant.Deny).Has(permission)
            );
            return $"role.{deciding.Id.Value}";
        }
    }
}
