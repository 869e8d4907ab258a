/// What an answer can be, and every reason for which something is refused.
module Chat.Spec.Oracle.Reasons

open Chat.Domain.Conversations

type Verdict =
    /// It happens.
    | Accept of Event
    /// It is so already.
    | AlreadySo
    /// Not so, with a code and the rule behind it.
    | Refuse of code: string * rule: string

// Every reason there is. A reason that is never given while the laws run fails the build.

let absent = Refuse("not_found", "conversation.unknown")
let noMember = Refuse("not_a_member", "member.required")
let noMessage = Refuse("not_found", "message.unknown")
let gone = Refuse("gone", "message.gone")
let notAuthor = Refuse("forbidden", "message.author_required")
let notAuthorNorOwner = Refuse("forbidden", "message.author_or_owner_required")
let notOwner = Refuse("forbidden", "channel.owner_required")
let directHasNoName = Refuse("unsupported", "direct.has_no_name")
let directIsForTwo = Refuse("unsupported", "direct.is_for_two")

let directNeedsOneOther =
    Refuse("malformed", "members: a direct conversation has one other person")

let channelNeedsName = Refuse("malformed", "name: a channel has a name")
let unknownKind = Refuse("malformed", "kind: direct, group or channel")
let tooManyAtOnce = Refuse("full", "people.at_once")
let tooManyMembers = Refuse("full", "members.bound")
let tooManyInvited = Refuse("full", "invitations.pending")
let tooManyMentions = Refuse("full", "mentions.bound")
let tooManyEmoji = Refuse("full", "message.emoji_bound")

let reasons =
    [
        absent
        noMember
        noMessage
        gone
        notAuthor
        notAuthorNorOwner
        notOwner
        directHasNoName
        directIsForTwo
        directNeedsOneOther
        channelNeedsName
        unknownKind
        tooManyAtOnce
        tooManyMembers
        tooManyInvited
        tooManyMentions
        tooManyEmoji
    ]
