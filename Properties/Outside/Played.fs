/// What came of a scenario: all that was asked, answered and told, and when.
module Chat.Spec.Outside.Played

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec.Generators
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Scenario

/// Something that was asked for, and the answer.
type Sending =
    {
        Ask: Traces.Ask
        /// What its form alone is refused with.
        Malformed: Refusal option
        During: Window
        Reply: Result<Receipt, Refusal>
    }

/// What somebody read, and the answer.
type Read =
    | Got of Result<Details, Refusal>
    | Paged of Anchor * int64 * int * Result<HistoryPage, Refusal>
    | Listed of Result<InboxEntry option, Refusal>
    /// Since a version that they had come to, if they had been told of it at all.
    | Resumed of int64 option * Result<Resumption option, Refusal>
    | Explained of Command * Result<ExplanationEntry, Refusal>
    | Found of SearchQuery * Result<SearchPage, Refusal>
    | Moved of Marks * Result<Marks, Refusal>

type Reading =
    {
        Who: PersonId
        During: Window
        /// Their own marks by then.
        Marks: Marks
        Read: Read
    }

/// What a device was told, in the order in which it came.
type Hearing =
    {
        Who: PersonId
        Device: DeviceId
        WasAway: bool
        Seen: Seen list
    }

type Played =
    {
        Scenario: Scenario
        Conversation: ConversationId
        Sendings: Sending list
        Readings: Reading list
        Heard: Hearing list
    }
