using Chat.Domain.Views;

namespace Chat.Host.Store;

/// <summary>What things take on the wire, roughly and never too little.</summary>
internal static class Sizes
{
    public static int Of(Message message) =>
        300
        + TextOf(message.Content)
        + (70 * message.Mentions.Count)
        + message.Reactions.Sum(one => 80 + (66 * one.People.Count));

    public static int Of(Seen seen) =>
        seen is Seen.Shown { Event: var happened }
            ? 300
                + happened switch
                {
                    Domain.Conversations.Event.MessageSent sent => TextOf(sent.Content) + (66 * sent.Mentions.Count),
                    Domain.Conversations.Event.MessageEdited edited => TextOf(edited.Content)
                        + (66 * edited.Mentions.Count),
                    Domain.Conversations.Event.Created created => 66 * created.Members.Count,
                    Domain.Conversations.Event.Invited invited => 66 * invited.People.Count,
                    Domain.Conversations.Event.RolesAssigned assigned => 1_100 + (70 * assigned.Roles.Count),
                    _ => 1_100,
                }
            : 120;

    private static int TextOf(Domain.Conversations.Content content) =>
        content is Domain.Conversations.Content.Present present
            ? System.Text.Encoding.UTF8.GetByteCount(present.Body.Value) + (700 * present.Files.Count)
            : 10;
}
