/// What came of a scenario: all that was asked, answered and told, and when.
module Chat.Spec.Outside.Played

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec.Generators
open Chat.Spec.Outside.Renaming
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

/// Something between two people that was asked for, and the answer.
type Bonding =
    {
        Ask: Traces.Ask
        During: Window
        Reply: Result<SilentReceipt, Refusal>
        /// Whether the answer says no more than that.
        IsBare: bool
    }

/// What somebody could see after a version: of oneself, or of another; a page of it.
type Back =
    {
        Of: PersonId option
        Version: int64
        Anchor: Anchor
        Seq: int64
        Limit: int
    }

/// What somebody read, and the answer.
type Read =
    | Got of Result<Details, Refusal>
    | Paged of Anchor * int64 * int * Result<HistoryPage, Refusal>
    | Listed of Result<InboxEntry option, Refusal>
    /// Since a version that they had come to, if they had been told of it at all.
    | Resumed of int64 option * Result<Resumption option, Refusal>
    /// What the conversation comes to, where they are in.
    | Certified of Result<Certificate option, Refusal>
    | Explained of Command * Result<ExplanationEntry, Refusal>
    | Found of SearchQuery * Result<SearchPage, Refusal>
    | Moved of Marks * Result<Marks, Refusal>
    /// Those after somebody.
    | Befriended of PersonId option * Result<FriendsPage, Refusal>
    | Viewed of Back * Result<HindsightPage, Refusal>
    /// What was done before a version, of at most so many lines.
    | Audited of int64 option * int * Result<AuditPage, Refusal>
    | KeptOut of Result<BansPage, Refusal>
    | Linked of Result<LinksPage, Refusal>
    | Worded of Result<WordRule list, Refusal>
    /// What something would come to.
    | WouldBe of Command * Result<WhatIfEntry, Refusal>

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
        /// How they stand to whom, and whose subject said it.
        Bonds: (string * FriendEntry) list
        /// What nobody keeps.
        Whispers: Ephemeral list
    }

type Played =
    {
        Scenario: Scenario
        Names: Names
        Conversation: ConversationId
        Sendings: Sending list
        Bondings: Bonding list
        Readings: Reading list
        Heard: Hearing list
    }
