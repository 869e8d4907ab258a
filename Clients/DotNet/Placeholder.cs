namespace Chat.Client;

/// <summary>Stands here until the first real type does.</summary>
public static class Placeholder;
