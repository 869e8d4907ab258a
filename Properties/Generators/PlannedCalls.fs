/// What people do with their phones, thought out: each rule bites.
module Chat.Spec.Generators.PlannedCalls

open Chat.Domain.Calls
open Chat.Spec.Generators.CallTraces
open Chat.Spec.Generators.CallScenes

type private Bonding = Chat.Domain.Pairs.Command
type private Placing = Chat.Domain.Places.Command

let private ann, bob, cid, dee = people[0], people[1], people[2], people[3]

/// One after another: taken and talked, busy, declined, given up, both at once, with a block; and a fourth who is
/// nobody's friend.
let planned: Turn list list =
    let talks =
        [
            Asks(ring ann bob true)
            passes ann phone bob
            Asks(accept ann phone bob)
            Asks(accept bob desk ann)
            passes ann phone bob
            passes bob desk ann
            passes bob phone ann
            passes cid phone bob
            Asks(ring cid bob false)
            Asks(ring bob cid false)
            Asks(accept bob phone ann)
            Asks(hangUp bob ann)
            passes ann phone bob
            Says(ann, bob)
            Says(bob, ann)
            Asks(ring bob ann false)
            Asks(hangUp bob ann)
            Asks(ring ann dee false)
        ]

    let misses =
        [
            Asks(ring bob ann false)
            Asks(decline ann bob)
            Asks(accept ann phone bob)
            Asks(ring bob cid false)
            Asks(hangUp bob cid)
            Asks(call cid phone bob (Command.Accept 9L))
            AtOnce(ring ann bob false, ring bob ann false)
            AtOnce(hangUp ann bob, hangUp bob ann)
            Asks(ring ann bob false)
            AtOnce(accept bob phone ann, accept bob desk ann)
            Asks(bond bob ann (Bonding.Block ann))
            Asks(ring ann bob false)
        ]

    let friends = befriend ann bob @ befriend bob cid @ befriend ann cid
    [ friends @ talks; friends @ misses ]

/// Nobody takes either call, and one is called who does not hear it; then all are free for another.
let missed: Turn list =
    befriend ann bob
    @ befriend cid dee
    @ [
        Asks(place dee cid (Placing.Mute cid))
        Asks(ring ann bob true)
        Asks(ring cid dee false)
        RingsOut bob
        Asks(accept bob phone ann)
        Says(ann, bob)
        Asks(ring bob ann false)
        Asks(hangUp bob ann)
    ]
