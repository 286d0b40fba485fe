using Npgsql;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Server;

/// <summary>What a killed server leaves in shared memory.</summary>
[Case("segments")]
public sealed class SharedSegmentsTests
{
    private static readonly string[] Note = ["4711", "/dev/shm/relocation-pg-1/data", "1760000000", "5432", "/dev/shm/relocation-pg-1", "", " 11657377         9", "ready   "];

    private static readonly string[] Table =
    [
        "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime        rss       swap",
        "  11657377          4   600                    56  2885  7108      9   101   104   101   104 1796071597 1796071597 1796070796       4096          0",
        "  11657378          9   600                    56  4711  7108      0   101   104   101   104 1796071597 1796071597 1796070796       4096          0",
        "         0         10   600                    56  4711  7108      2   101   104   101   104 1796071597 1796071597 1796070796       4096          0",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Note_of_a_server_names_its_segment()
    {
        Assert.Equal((4711, 9), SharedSegments.Of(Note));
        Assert.Null(SharedSegments.Of(Note[..6]));
        Assert.Null(SharedSegments.Of([.. Note[..6], string.Empty, "ready"]));
    }

    [Theory]
    [InlineData(4711, 9, 0L)]
    [InlineData(4711, 10, 2L)]
    [InlineData(4711, 4, null)]
    [InlineData(2885, 9, null)]
    [InlineData(4711, 11, null)]
    public void Segment_is_the_servers_where_number_and_maker_are(long server, long id, long? attached) =>
        Assert.Equal(attached, SharedSegments.AttachedTo(Table, (server, id)));

    [Fact]
    public async Task Nothing_is_left_of_a_server_that_was_killed_while_its_process_lives()
    {
        PostgreSqlServerTests.RequirePrograms();
        Assert.SkipUnless(File.Exists("/proc/sysvipc/shm"), "The machine does not show its segments.");
        await using var server = await PostgreSqlServer.StartAsync(Cancel);
        var note = await File.ReadAllLinesAsync(Path.Combine(server.Folder, "data", "postmaster.pid"), Cancel);
        var segment = SharedSegments.Of(note)!.Value;
        Assert.NotNull(Attached(segment));
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ToString()))
        {
            await connection.OpenAsync(Cancel);
            Assert.Equal("mmap", await connection.TextAsync("SHOW dynamic_shared_memory_type"));
            await ShellCommand.RunAsync(["kill", "-KILL", note[0]], Cancel);
        }

        await Eventually.HoldsAsync(() => Attached(segment) is null);
        Assert.True(server.HasEnded);
    }

    /// <summary>How many are attached to a segment of this machine's; null where it is gone.</summary>
    internal static long? Attached((long Server, long Id) segment) => SharedSegments.AttachedTo(File.ReadAllLines("/proc/sysvipc/shm"), segment);
}
