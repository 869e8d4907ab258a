/// What is promised of conversations, and what of a run stands for each promise: the laws that hold it, what must have
/// happened, and the rules that must have refused somebody.
module Chat.Spec.Outside.Promises

open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.HostLaws

type Promise =
    {
        Name: string
        Says: string
        Laws: HostLaw list
        /// Events, each of which must have happened.
        Events: string list
        /// Rules, each of which must have kept somebody from something.
        Rules: string list
    }

let private promise name says laws (events: string) (rules: string) =
    let words (text: string) =
        text.Split(' ', System.StringSplitOptions.RemoveEmptyEntries) |> List.ofArray

    {
        Name = name
        Says = says
        Laws = laws
        Events = words events
        Rules = words rules
    }

let private ofTalk =
    [
        promise
            "kinds"
            "direct, group and channel, each with its own bounds"
            [ verdicts; details ]
            "Created"
            "direct.is_for_two direct.has_no_name"
        promise
            "idempotent requests"
            "a retry gets the first answer, another request under the same id a conflict"
            [ once; conflicts ]
            "replayed"
            "client_id.reused"
        promise "order" "one order for everybody, without a gap, and later is later" [ order; live ] "at_once" ""
        promise
            "acknowledged is kept"
            "what was acknowledged is in every read that is asked for later"
            [ details; histories; inbox; resumes ]
            "MessageSent"
            ""
        promise
            "resume"
            "the exact missing suffix, or a new beginning, or that one is out"
            [ resumes ]
            "missed reset left away"
            ""
        promise
            "certificates"
            "what a device should hold, in digests that it can compare"
            [ certificates ]
            "certified"
            ""
        promise "history" "pages before, after and around, with edits and reactions folded in" [ histories ] "page" ""
        promise
            "edit"
            "by its author, within the window"
            [ verdicts; histories ]
            "MessageEdited"
            "message.author_required settings.edit_window"
        promise
            "redact"
            "a stub is left, what was said is gone from every view"
            [ histories; live; inbox; searches ]
            "MessageRedacted"
            "message.gone permission.redact"
        promise "reactions" "a set, and twice is once" [ verdicts; histories ] "Reacted Unreacted" "permission.react"
        promise
            "replies"
            "quote what one sees, and are cut where another does not"
            [ live; histories ]
            "reply"
            "message.unknown"
        promise
            "mentions"
            "people, roles and everybody, by permission"
            [ inbox; histories ]
            "mention"
            "permission.mention_everyone role.unknown"
        promise "receipts" "read ≤ received ≤ said, and never back" [ marks ] "marked" "member.required"
        promise "unread" "seen, not taken back, not one's own, after one's marker" [ inbox; details ] "unread" ""
        promise "pins" "with a bound, gone with their message" [ details; verdicts ] "Pinned Unpinned" "permission.pin"
    ]

let private ofRules =
    [
        promise
            "roles"
            "ranks, grants and denials; nobody gives what they have not, or acts above themselves"
            [ verdicts; explains; details ]
            "RoleSet RoleDropped RolesAssigned OwnershipTransferred"
            "rank.too_low grant.beyond_own owner.required permission.manage_roles"
        promise
            "visibility"
            "by where one was when it was said, and by the history rule of then"
            [ live; histories; outside ]
            "SettingsChanged Joined Left"
            "conversation.unknown"
        promise
            "moderation"
            "kick, ban, timeout, slow mode, lock, announcements"
            [ verdicts; live; outside ]
            "Kicked Banned Unbanned TimedOut"
            ("member.banned member.timed_out settings.locked settings.slow_mode "
             + "permission.announce permission.kick permission.ban")
        promise "word rules" "block, flag and timeout" [ verdicts; live ] "WordsSet" "words.r1 words.r2"
        promise
            "invites"
            "by name, by link, by knocking; taken back"
            [ verdicts; live; resumes ]
            "Invited Joined Knocked Uninvited LinkMade LinkDropped"
            "permission.invite link.unknown link.taken settings.join"
    ]

let private ofInsight =
    [
        promise "explained" "what would be refused is explained with the same rules" [ explains ] "explained" ""
        promise
            "looking back"
            "what somebody could see then; of another for who may know it, and never more than who asks sees"
            [ hindsight ]
            "looked_back hidden_then"
            "version.unknown permission.manage_settings"
        promise
            "audit"
            "what was done, by whom, to whom, why and by which rules; who is out; for who may know it"
            [ keeping ]
            "audited bans links words"
            "permission.manage_settings permission.ban"
        promise
            "what if"
            "what a change would give and take, and whether it could be taken back"
            [ whatIfs ]
            "gained lost locked_out"
            ""
        promise "search" "finds only what the seeker sees" [ searches ] "found" ""
        promise "outside" "what is not there and what is not theirs look alike" [ outside ] "" "conversation.unknown"
        promise
            "friends"
            "a request, a yes, a no that nobody is told of, and an end; each knows their own side"
            [ friends ]
            "Requested Befriended Declined Cancelled Removed"
            "request.unknown"
        promise
            "blocks"
            "nothing to do with each other: not between the two, not in what they share; and nobody is told"
            [
                blocks
                friends
                verdicts
                live
                histories
                inbox
                details
                searches
                resumes
            ]
            "Blocked Unblocked Closed Reopened veiled"
            "direct.closed person.not_accepting pair.blocked_by_you"
        promise
            "rooms"
            "who may come in, by friends, by a wave, by knocking; what each may see of them, and is told"
            [ house ]
            "house.Lit house.Entered house.Left house.Locked house.Knocked house.Admitted house.Expelled house.Waved"
            "room.unknown room.locked room.capacity room.expelled room.not_inside knock.unknown"
        promise
            "privacy"
            "who may talk with one, ask one in, find one, see one and know what one has read is one's own to say"
            [ HostLaws.privacy ]
            "kept unmeant found unfound seen unseen told untold"
            ""
        promise
            "calls"
            "they ring, are taken once, on one device, and end; nobody is on two; only the two hear what is passed on"
            [ calls ]
            ("call.Rung call.Answered call.HungUp call.Declined call.Cancelled call.Busy call.Missed call.passed "
             + "calls_at_once")
            ("friend.unknown call.unknown call.not_yours call.on_another call.over call.taken call.not_taken "
             + "call.other_device")
    ]

let private ofErrands =
    [
        promise
            "reports"
            "people, messages and conversations may be told of; who told learns the outcome, whom it is about nothing"
            [ reports ]
            "report.Filed report.Assigned report.Settled report.outcome report.flagged report.about"
            "report.of_oneself report.unknown direct.no_moderators permission.reports assignee.may_not"
        promise
            "files"
            "pictures and files go with a message, and are seen by who sees it"
            [ files ]
            "file.brought file.again file.conflict file.sent file.fetched file.closed"
            "file.unknown"
        promise
            "devices"
            "one's devices are listed, and may be revoked: nothing afterwards"
            [ devices ]
            "device.revoked device.silent device.returned"
            ""
        promise
            "games"
            "they are sealed, played to their end and proved; nobody sees what they may not know"
            [ games ]
            "game.ended game.told game.left"
            ""
        promise
            "notices"
            "at most one of each friend in half an hour, and none of whom one is not to be told of"
            [ notices ]
            "notice.told notice.untold notice.lately"
            ""
        promise
            "rates"
            "how often anybody may ask, and when they may again"
            [ rates ]
            "rate.through"
            "rate.device rate.person rate.queries rate.misses"
        promise "bad input" "gets a typed refusal, and nothing changes" [ verdicts ] "malformed" ""
    ]

let private ofParties =
    [
        promise
            "records of parties"
            "in the conversation of all who were there, where all of them want it; who is in none such learns nothing"
            [ house; records ]
            "house.KeepSet house.Partied"
            "conversation.unknown person.not_a_member"
    ]

let all = ofTalk @ ofRules @ ofInsight @ ofErrands @ ofParties
