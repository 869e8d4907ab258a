namespace Chat.Host.Operate;

/// <summary>The configuration of one PostgreSQL server.</summary>
internal static class PostgresSettings
{
    /// <summary>The standby, the role that it comes as, and the slot that keeps for it what it lacks.</summary>
    public const string Standby = "chat_standby";

    // A quarter of the memory that there is, as is usual: what is not in its own buffers PostgreSQL copies from the
    // system's each time. More than 2 GB were not measured.
    private static long BuffersMb => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 22, 128, 2_048);

    /// <summary>
    /// fsync and synchronous_commit are promises, so they are written down although they are the defaults.
    /// </summary>
    public static string Render(int port, int? twin) =>
        $"""
            # Generated at every start: changes are lost. Put your own settings into local.conf beside this file.
            listen_addresses = '127.0.0.1'
            port = {port}
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            max_connections = 100
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            shared_buffers = '{BuffersMb}MB'
            max_wal_size = '2GB'
            wal_compression = on
            random_page_cost = 1.1
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            cluster_name = 'chat'
            {(twin is { } other ? OfTwo(other) : "")}
            include_if_exists = 'local.conf'

            """;

    // The same on both, so that whoever is promoted waits for a standby from its first commit on. Which of them is the
    // standby says standby.signal alone; the password is in the environment.
    private static string OfTwo(int other) =>
        $"""
            synchronous_standby_names = '{Standby}'
            primary_conninfo = 'host=127.0.0.1 port={other} user={Standby} application_name={Standby}'
            primary_slot_name = '{Standby}'
            wal_retrieve_retry_interval = '500ms'
            """;
}
