/// Pasts and requests at each bound of time, and of a number that a request names, and beside it.
module Chat.Spec.Generators.Moments

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Generators.Traces
open Chat.Spec.Generators.Bounds

let private guest = person "p1"
let private link = LinkId.Of "another-link-of-old"

let private ban (length: int64) : Command =
    Command.Ban(guest, Nullable length, null)

let private later (ms: int64) = stamp.At.Plus ms

let private banned who until =
    Event.Banned(stamp, who, Nullable until, null, false) :> Event

/// Who is kept out already is kept out for another time, beside others.
let private banningAgain (count: int64) =
    keepingOut (int count), owner, ban 1_000L

/// The last of those who are kept out has been so for long enough.
let private banningAfterOne (count: int64) =
    keepingOut (int count) @ [ banned (person "another") stamp.At ],
    owner,
    Command.Ban(person "guest", Nullable(), null) :> Command

/// What was said a while ago is taken back as far as that.
let private purging (length: int64) =
    [ group [ guest ]; said (Stamp(guest, later -5L)) 1L ],
    owner,
    Command.Ban(guest, Nullable(), null, length) :> Command

/// Somebody is given the word who had not got it until a while from now.
let private giving (ms: int64) =
    let silenced = Event.TimedOut(stamp, guest, Nullable(later ms), null)
    [ group [ guest ]; silenced ], owner, Command.Timeout(guest, 0L, null) :> Command

/// Somebody comes who is kept out until a while from now.
let private coming (ms: int64) =
    let out = banned guest (later ms)
    [ group []; out; Event.Invited(stamp, listing [ guest ]) ], guest, Command.Join() :> Command

/// A file is sent that has waited for so long.
let private attaching (ms: int64) =
    [ group [] ],
    owner,
    Command.SendMessage(body "see", Nullable(), nothing, Files = listing [ fileOf 1 (later -ms) ]) :> Command

let private keep change : Command = Command.ChangeSettings change

/// Where it is kept so, somebody said something a while ago.
let private saidUnder (change: SettingsChange) (ms: int64) =
    [
        group [ guest ]
        Event.SettingsChanged(stamp, change.On(Settings.Of(Nullable ConversationKind.Group)))
        said (Stamp(guest, later -ms)) 1L
    ]

let private say: Command =
    Command.SendMessage(body "hello", Nullable(), nothing, false)

let private sayingAfter (ms: int64) =
    saidUnder (SettingsChange(SlowModeMs = Nullable 5L)) ms, guest, say

let private editingAfter (ms: int64) =
    saidUnder (SettingsChange(EditWindowMs = Nullable 5L)) ms,
    guest,
    Command.EditMessage(1L, body "ho", nothing) :> Command

let private sayingWhereSoLong (bytes: int64) =
    saidUnder (SettingsChange(MessageBytes = Nullable(int bytes))) 0L, guest, say

let private sayingSilenced (ms: int64) =
    [ group [ guest ]; Event.TimedOut(stamp, guest, Nullable(later ms), null) ], guest, say

let all: Bound list =
    let asking (command: int64 -> Command) number =
        [ group [ guest ] ], owner, command number

    let from name least most command =
        at name least (asking command) @ at name most (asking command)

    [
        from "a link for, ms:" 1L Limits.LongestMs (fun ms -> Command.MakeLink(link, ms, Nullable(), nothing))
        from "a link of, people:" 1L Limits.ChannelMembers (fun uses ->
            Command.MakeLink(link, Nullable(), int uses, nothing))
        from "a ban for, ms:" 1L Limits.LongestMs ban
        from "a ban that takes back, ms:" 1L Limits.LongestMs (fun ms -> Command.Ban(guest, Nullable(), null, ms))
        from "a timeout for, ms:" 0L Limits.LongestMs (fun ms -> Command.Timeout(guest, ms, null))
        from "the last that are shown, messages:" 0L Settings.MaxHistoryLast (fun count ->
            keep (SettingsChange(HistoryLast = Nullable(int count))))
        from "a pause between messages, ms:" 0L Settings.MaxSlowModeMs (fun ms ->
            keep (SettingsChange(SlowModeMs = Nullable ms)))
        from "time to edit, ms:" 0L Settings.MaxEditWindowMs (fun ms ->
            keep (SettingsChange(EditWindowMs = Nullable ms)))
        from "bytes of a message:" 1L Body.MaxBytes (fun bytes ->
            keep (SettingsChange(MessageBytes = Nullable(int bytes))))
        at "kept out until, ms from now:" 0L coming
        at "a pause of 5 ms, after" 5L sayingAfter
        at "5 ms to edit, after" 5L editingAfter
        at "five bytes where there may be" 5L sayingWhereSoLong
        at "said by who has the word again in, ms:" 0L sayingSilenced
        at "a file that waited, ms:" Attachment.WaitsMs attaching
        at "said 5 ms ago and taken back, ms:" 5L purging
        at "the word for who would have it again in, ms:" 0L giving
        at "kept out for another time, of" Limits.Bans banningAgain
        at "kept out beside one whose time is over, and" (int64 Limits.Bans - 1L) banningAfterOne
    ]
    |> List.concat
