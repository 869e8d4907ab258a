namespace Chat.Domain.People;

/// <summary>How two people stand to each other, as far as it opens or closes one to the other.</summary>
/// <param name="AreFriends">Whether they are friends.</param>
/// <param name="IsClosed">Whether either blocks the other.</param>
public readonly record struct Terms(bool AreFriends, bool IsClosed);

/// <summary>
/// The one function for what people keep to themselves: who may reach them, find them, see that they are in, and is
/// told how far they have read. Every path that tells something of it goes through it.
/// </summary>
public static class Reach
{
    /// <summary>Whether somebody who is so open is open to another.</summary>
    public static bool Admits(Openness openness, Terms terms) =>
        !terms.IsClosed
        && openness switch
        {
            Openness.Everyone => true,
            Openness.Friends => terms.AreFriends,
            _ => false,
        };

    /// <summary>Whether somebody is found by another.</summary>
    public static bool Finds(Privacy of, Terms terms) => Admits(of.Find, terms);

    /// <summary>
    /// Whether another may see that somebody is in the house. Who is no friend never does. Who may not cannot tell it
    /// from their being away.
    /// </summary>
    public static bool ShowsPresence(Privacy of, Terms terms) => terms.AreFriends && Admits(of.Presence, terms);

    /// <summary>
    /// Whether two people are told how far the other has read and received: both or neither, so that whoever keeps it
    /// to themselves learns it of nobody.
    /// </summary>
    public static bool TellsReceipts(Privacy of, Privacy to, Terms terms) =>
        Admits(of.Receipts, terms) && Admits(to.Receipts, terms);

    /// <summary>What is wrong with what somebody wants to say of it; null where nothing is.</summary>
    internal static string? FaultOf(Command.SetPrivacy set) =>
        !IsKnown(set.Messages) || !IsKnown(set.Invites) ? "messages, invites: everyone, friends or nobody"
        : !IsKnown(set.Find) || !IsKnown(set.Receipts) ? "find, receipts: everyone, friends or nobody"
        : set.Presence is not (null or Openness.Friends or Openness.Nobody) ? "presence: friends or nobody"
        : null;

    private static bool IsKnown(Openness? openness) => openness is not { } one || Enum.IsDefined(one);
}
