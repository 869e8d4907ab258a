namespace Chat.Host.Driving;

/// <summary>What a lane is told where a step about something failed.</summary>
internal static class Instead
{
    /// <summary>Null where nothing can stand for it: then the lane ends, and the host is not ready any more.</summary>
    public static Input? Of(Input input) =>
        input switch
        {
            Input.Arrived => new Input.Arrived(default),
            Input.Loaded loaded => new Input.NotLoaded(loaded.Stream, loaded.Ask),
            Input.Gathered gathered => new Input.NotLoaded(gathered.Stream, gathered.Ask),
            Input.Found found => new Input.NotFound(found.Ask),
            _ => null,
        };
}
