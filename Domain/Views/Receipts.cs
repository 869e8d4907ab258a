using Chat.Domain.People;

namespace Chat.Domain.Views;

/// <summary>
/// Who is told how far somebody has read and received. It is told as it happens and nowhere else: whatever is asked for
/// says it of whoever asks alone.
/// </summary>
public static class Receipts
{
    /// <summary>In larger conversations it goes to one's own devices only.</summary>
    public const int UpTo = 100;

    /// <summary>Who is told: whoever it is of, and of the others in the conversation whom both want told.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="reader">Of whom.</param>
    /// <param name="privacy">What each keeps to themselves.</param>
    /// <param name="terms">How each stands to <paramref name="reader"/>.</param>
    public static Listing<PersonId> ToldTo(
        Conversations.State conversation,
        PersonId reader,
        Func<PersonId, Privacy> privacy,
        Func<PersonId, Terms> terms
    ) =>
        Listing.From(
            Others(conversation, reader)
                .Where(person => Reach.TellsReceipts(privacy(reader), privacy(person), terms(person)))
                .Prepend(reader)
        );

    private static IEnumerable<PersonId> Others(Conversations.State conversation, PersonId reader) =>
        conversation.Members.Count <= UpTo ? conversation.Members.Keys.Where(person => person != reader) : [];
}
