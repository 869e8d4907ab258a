using System.Buffers.Text;
using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>Asking who may do what, and what a change would come to. Nothing happens of it.</summary>
public static class ChatRules
{
    /// <summary>Whether one may do something, by which rules, and who could make it otherwise.</summary>
    public static Task<Either<Refusal, ExplanationEntry>> ExplainAsync(
        this ChatClient client,
        ConversationId conversation,
        Command command,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "explain",
            ExplainRequests.Of(command),
            ExplainAnswers.Explanation,
            stop
        );

    /// <summary>Why one sees no more of the past than one does, and which message is the first that one sees.</summary>
    public static Task<Either<Refusal, ExplanationEntry>> ExplainHistoryAsync(
        this ChatClient client,
        ConversationId conversation,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "explain",
            ExplainRequests.OfHistory(),
            ExplainAnswers.Explanation,
            stop
        );

    /// <summary>All that people would gain and lose by something, and whether one could not undo it.</summary>
    public static Task<Either<Refusal, WhatIfEntry>> WhatIfAsync(
        this ChatClient client,
        ConversationId conversation,
        Command command,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "what_if",
            ExplainRequests.Of(command),
            ExplainAnswers.WhatIf,
            stop
        );

    /// <summary>
    /// A page of what was done, the newest first, before a version; for who may change the settings.
    /// </summary>
    public static Task<Either<Refusal, AuditPage>> AuditAsync(
        this ChatClient client,
        ConversationId conversation,
        long? before = null,
        int limit = Requests.DefaultPage,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "audit",
            AuditAnswers.Of(before, limit),
            AuditAnswers.Page,
            stop
        );

    /// <summary>
    /// What could be seen after a version, as far as one sees it oneself; without an anchor the newest messages. Of
    /// another person, for who may change the settings; their unread messages are counted from when they came in.
    /// </summary>
    public static Task<Either<Refusal, HindsightPage>> ViewAsync(
        this ChatClient client,
        ConversationId conversation,
        long version,
        PersonId? person = null,
        (Anchor Anchor, long Seq)? from = null,
        int limit = Requests.DefaultPage,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "view",
            HindsightAnswers.Of(version, person, from?.Anchor, from?.Seq ?? 0, limit),
            HindsightAnswers.Page,
            stop
        );

    /// <summary>The rules about words; for who may set them.</summary>
    public static Task<Either<Refusal, Listing<WordRule>>> WordRulesAsync(
        this ChatClient client,
        ConversationId conversation,
        CancellationToken stop = default
    ) => client.AskAsync("conversation", conversation.Value, "word_rules", [], WordRules.Of, stop);

    /// <summary>What nobody guesses: 128 random bits, for a link that lets people in.</summary>
    public static LinkId NewLink() =>
        LinkId.Of(Base64Url.EncodeToString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)));

    /// <summary>A page of the links that let people in: one's own, or all of them for who may admit.</summary>
    public static Task<Either<Refusal, LinksPage>> LinksAsync(
        this ChatClient client,
        ConversationId conversation,
        LinkId? after = null,
        int limit = LinkAnswers.MaxPage,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "links",
            AskBodies.Page(after?.Value, limit),
            LinkAnswers.Page,
            stop
        );

    /// <summary>A page of who is kept out, in order of their ids; for who may let them in again.</summary>
    public static Task<Either<Refusal, BansPage>> BansAsync(
        this ChatClient client,
        ConversationId conversation,
        PersonId? after = null,
        int limit = Requests.DefaultPage,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "bans",
            AskBodies.Page(after?.Value, limit),
            ExplainAnswers.Bans,
            stop
        );
}
