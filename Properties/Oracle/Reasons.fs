/// What an answer can be, and every reason for which something is refused.
module Chat.Spec.Oracle.Reasons

open System
open Chat.Domain.Conversations
open Chat.Domain.Permitting

type Verdict =
    /// It happens.
    | Accept of Event
    /// Several things happen at once, in this order.
    | AcceptAll of Event list
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
let banned = Refuse("banned", "member.banned")
let muted = Refuse("muted", "member.timed_out")
let locked = Refuse("locked", "settings.locked")
let tooSoon = Refuse("slow_mode", "settings.slow_mode")
let tooLate = Refuse("too_late", "settings.edit_window")
let tooLong = Refuse("too_large", "settings.message_bytes")
let notInvited = Refuse("forbidden", "invitation.required")
let noKnocking = Refuse("unsupported", "settings.join")
let bannedPerson = Refuse("forbidden", "person.banned")
let tooLow = Refuse("forbidden", "rank.too_low")
let beyondOwn = Refuse("forbidden", "grant.beyond_own")
let notOwner = Refuse("forbidden", "owner.required")
let noMemberNamed = Refuse("not_found", "person.not_a_member")
let noRole = Refuse("not_found", "role.unknown")
let unwanted rule = Refuse("unwanted", $"words.{rule}")

let badRules =
    Refuse("malformed", $"words: at most {WordRule.Most}, each under its own id")

let badPhrases = Refuse("malformed", $"phrases: 1 to {WordRule.MaxPhrases}")
let badAction = Refuse("malformed", "action: block, flag or timeout")

let badWordsLength =
    Refuse("malformed", $"for_ms: 1 to {Limits.LongestMs} of a timeout, and of nothing else")

let directHasNoRules = Refuse("unsupported", "direct.has_no_rules")

/// Without a permission.
let lacking (permission: Permission) =
    Refuse("forbidden", $"permission.{permission.Word()}")

let directHasNoName = Refuse("unsupported", "direct.has_no_name")
let directIsClosed = Refuse("not_accepting", "direct.closed")
let notAccepting = Refuse("not_accepting", "person.not_accepting")
let groupIsNotClosed = Refuse("unsupported", "group.is_not_closed")
let badCall = Refuse("malformed", "call: how it ended, and how long it was")
let groupHasNoCalls = Refuse("unsupported", "group.has_no_calls")
let channelKeepsNoParty = Refuse("unsupported", "channel.keeps_no_party")
let badParty = Refuse("malformed", "people: 1 to 64")
let directIsForTwo = Refuse("unsupported", "direct.is_for_two")

let directNeedsOneOther =
    Refuse("malformed", "members: a direct conversation has one other person")

let channelNeedsName = Refuse("malformed", "name: a channel has a name")
let unknownKind = Refuse("malformed", "kind: direct, group or channel")
let tooManyAtOnce = Refuse("full", "people.at_once")
let tooManyMembers = Refuse("full", "members.bound")
let tooManyInvited = Refuse("full", "invitations.pending")
let tooManyMentions = Refuse("full", "mentions.bound")
let tooManyFiles = Refuse("full", "attachments.bound")
let fileExpired = Refuse("too_late", "attachment.expired")
let nothingSaid = Refuse("malformed", "body: words, or attachments")
let noWords = Refuse("malformed", "body: words")
let tooManyEmoji = Refuse("full", "message.emoji_bound")
let tooManyPins = Refuse("full", "pins.bound")
let tooManyBans = Refuse("full", "bans.bound")
let tooManyKnocks = Refuse("full", "knocks.bound")
let tooManyRoles = Refuse("full", "roles.bound")
let tooManyRolesOfOne = Refuse("full", "member.roles_bound")
let noLink = Refuse("not_found", "link.unknown")
let linkTaken = Refuse("forbidden", "link.taken")
let linkNotForYou = Refuse("forbidden", "link.not_for_you")
let linkExpired = Refuse("link_ended", "link.expired")
let linkUsedUp = Refuse("link_ended", "link.used_up")
let linkMakerMayNot = Refuse("link_ended", "link.maker_may_not")
let tooManyLinks = Refuse("full", "links.bound")
let badLink = Refuse("malformed", $"link: at least {Limits.LinkLetters} letters")
let badUses = Refuse("malformed", $"max_uses: 1 to {Limits.ChannelMembers}")
let badLinkPeople = Refuse("malformed", $"people: at most {Limits.LinkPeople}")
let badPurge = Refuse("malformed", $"purge_ms: 1 to {Limits.LongestMs}")
let badLength = Refuse("malformed", $"for_ms: 1 to {Limits.LongestMs}")
let badSilence = Refuse("malformed", $"for_ms: 0 to {Limits.LongestMs}")

let badRank =
    Refuse("malformed", $"rank: 1 to {RoleDefinition.MaxRank}, and 0 for everyone")

let everyoneIsGiven = Refuse("malformed", "roles: everybody has everyone")
let badJoin = Refuse("malformed", "join: open, invite or knock")
let badHistory = Refuse("malformed", "history: all, join, invite or last")

let badHistoryLast =
    Refuse("malformed", $"history_last: 0 to {Settings.MaxHistoryLast}")

let badSlowMode =
    Refuse("malformed", $"slow_mode_ms: 0 to {Settings.MaxSlowModeMs}")

let badEditWindow =
    Refuse("malformed", $"edit_window_ms: 0 to {Settings.MaxEditWindowMs}")

let badMessageBytes =
    Refuse("malformed", $"message_bytes: 1 to {Chat.Domain.Values.Body.MaxBytes}")

let private malformed =
    [
        badLink
        badUses
        badLinkPeople
        badPurge
        badLength
        badSilence
        badRank
        everyoneIsGiven
        badJoin
        badHistory
        badHistoryLast
        badSlowMode
        badEditWindow
        badMessageBytes
        badRules
        badPhrases
        badAction
        badWordsLength
    ]

let reasons =
    [
        absent
        directIsClosed
        groupIsNotClosed
        groupHasNoCalls
        badCall
        channelKeepsNoParty
        badParty
        noMember
        noMessage
        gone
        notAuthor
        banned
        muted
        locked
        tooSoon
        tooLate
        tooLong
        unwanted "r1"
        notInvited
        noKnocking
        bannedPerson
        tooLow
        beyondOwn
        notOwner
        noMemberNamed
        noRole
        directHasNoRules
        directHasNoName
        directIsForTwo
        directNeedsOneOther
        channelNeedsName
        unknownKind
        tooManyAtOnce
        tooManyMembers
        tooManyInvited
        tooManyMentions
        tooManyFiles
        fileExpired
        nothingSaid
        noWords
        tooManyEmoji
        tooManyPins
        tooManyBans
        tooManyKnocks
        tooManyRoles
        tooManyRolesOfOne
        noLink
        linkTaken
        linkNotForYou
        linkExpired
        linkUsedUp
        linkMakerMayNot
        tooManyLinks
    ]
    @ malformed
    // Nobody lacks a permission that nothing here asks for: slow mode is only skipped, and a desk asks for the other.
    @ (Enum.GetValues<Permission>()
       |> Seq.except [ Permission.SkipSlowMode; Permission.Reports ]
       |> Seq.map lacking
       |> List.ofSeq)
