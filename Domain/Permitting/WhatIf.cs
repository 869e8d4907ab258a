using Chat.Domain.Conversations;

namespace Chat.Domain.Permitting;

/// <summary>Something that somebody could do after a change and not before it, or the other way round.</summary>
/// <param name="Person">Who.</param>
/// <param name="Permission">What.</param>
/// <param name="IsGained">Whether they could then; else they could before.</param>
public sealed record Difference(PersonId Person, Permission Permission, bool IsGained);

/// <summary>What a change would come to. Nothing happens.</summary>
/// <param name="Verdict">Whether it may be made.</param>
/// <param name="Differences">All that would be gained and lost, in order of people and permissions.</param>
/// <param name="IsLockOut">Whether who makes it could not take it back.</param>
public sealed record WhatIf(Verdict Verdict, Listing<Difference> Differences, bool IsLockOut)
{
    /// <summary>Decides a command and says what it would change, without doing it.</summary>
    internal static WhatIf Of(State state, Facts facts, Context context, Command command)
    {
        var verdict = Permissions.Evaluate(state, facts, context.Person, command, context.Now);
        return Rules
            .Decide(context, command, state, facts)
            .Match(
                Right: decision =>
                {
                    var after = decision.Events.OfType<Event>().Aggregate(state, Evolution.Evolve);
                    return new WhatIf(verdict, Between(state, after, context.Now), IsShutOut(after, context, command));
                },
                Left: refusal => new WhatIf(new Verdict(refusal, refusal.Because), [], false)
            );
    }

    private static Listing<Difference> Between(State before, State after, Instant now) =>
        Listing.From(
            before
                .Members.Keys.Concat(after.Members.Keys)
                .Distinct()
                .Order()
                .SelectMany(person =>
                {
                    var (had, has) = (Layers.Now(before, person, now), Layers.Now(after, person, now));
                    var gained = has.Without(had).List().Select(one => new Difference(person, one, true));
                    var lost = had.Without(has).List().Select(one => new Difference(person, one, false));
                    return gained.Concat(lost).OrderBy(one => one.Permission);
                })
        );

    // What takes a change back is asked of the same permission.
    private static bool IsShutOut(State after, Context context, Command command)
    {
        Permission? needed = command switch
        {
            Command.ChangeSettings => Permission.ManageSettings,
            Command.SetRole or Command.DropRole or Command.AssignRoles or Command.TransferOwnership =>
                Permission.ManageRoles,
            _ => null,
        };
        return needed is { } permission && !Layers.Now(after, context.Person, context.Now).Has(permission);
    }
}
