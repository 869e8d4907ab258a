namespace Chat.Domain.Conversations;

/// <summary>How a conversation is kept, who stands where in it, and whose it is.</summary>
internal static class Governing
{
    public static Either<Refusal, Decision> ChangeSettings(Context context, Command.ChangeSettings change, State state)
    {
        var settings = change.Change.On(state.Settings);
        return settings.Faults is { Count: > 0 } faults ? Left<Refusal, Decision>(new Refusal.Malformed(faults))
            : settings == state.Settings ? Decision.Nothing
            : Decision.Accept(new Event.SettingsChanged(context.Stamp, settings));
    }

    public static Either<Refusal, Decision> SetRole(Context context, Command.SetRole set, State state)
    {
        var isOfEveryone = set.Role == RoleId.Everyone;
        if (isOfEveryone != (set.Rank == 0) || set.Rank is < 0 or > RoleDefinition.MaxRank)
            return Malformed($"rank: 1 to {RoleDefinition.MaxRank}, and 0 for {RoleId.Everyone}");
        var definition = new RoleDefinition(set.Name, set.Rank, set.Grant);
        return state.Roles.Find(set.Role) == Some(definition) ? Decision.Nothing
            : state.Roles.Count < Limits.Roles || state.Roles.ContainsKey(set.Role)
                ? Decision.Accept(new Event.RoleSet(context.Stamp, set.Role, definition))
            : Left<Refusal, Decision>(new Refusal.Full("roles.bound"));
    }

    public static Either<Refusal, Decision> AssignRoles(Context context, Command.AssignRoles assign, State state)
    {
        var roles = Listing.From(assign.Roles.Distinct().Order());
        if (roles.Contains(RoleId.Everyone))
            return Malformed($"roles: everybody has {RoleId.Everyone}");
        if (roles.Count > Limits.RolesOfMember)
            return Left<Refusal, Decision>(new Refusal.Full("member.roles_bound"));
        var isSo = state
            .Members.Find(assign.Person)
            .Exists(held => held.Roles.Equals(roles) && held.Grant == assign.Grant);
        return isSo
            ? Decision.Nothing
            : Decision.Accept(new Event.RolesAssigned(context.Stamp, assign.Person, roles, assign.Grant));
    }

    public static Either<Refusal, Decision> Transfer(Context context, Command.TransferOwnership transfer) =>
        transfer.Person == context.Person
            ? Decision.Nothing
            : Decision.Accept(new Event.OwnershipTransferred(context.Stamp, transfer.Person));

    private static Either<Refusal, Decision> Malformed(string fault) =>
        Left<Refusal, Decision>(new Refusal.Malformed([fault]));

    public static State Dropped(State state, RoleId role) =>
        state with
        {
            Roles = state.Roles.Remove(role),
            Members = state.Members.Map(member =>
                member.Roles.Contains(role)
                    ? member with
                    {
                        Roles = Listing.From(member.Roles.Where(one => one != role)),
                    }
                    : member
            ),
        };

    public static State Transferred(State state, PersonId to) =>
        state.Members.ContainsKey(to)
            ? state with
            {
                Members = state
                    .Members.Map(member => member.Role is Role.Owner ? member with { Role = Role.Member } : member)
                    .SetItem(to, member => member with { Role = Role.Owner }),
            }
            : state;
}
