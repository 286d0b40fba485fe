using Relocation.Testing.Cli.Failures;
using CsCheck;
using Npgsql;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Synthetic;

namespace Relocation.Testing.Cli.Tests;

/// <summary>A connection string is read in whatever form people have it, or refused; it is never a file, and no secret of it is shown.</summary>
[Case("connection-strings")]
public sealed class ConnectionStringTests : IDisposable
{
    private const string Secret = "gEhEiM7";

    /// <summary>How long a separator, a keyword and what may stand before a password in it are at most.</summary>
    private const int Assignment = 24;

    private readonly Workplace _workplace = new();

    /// <summary>What passwords hold that separates one thing from the next in some form.</summary>
    private static readonly string[] Spice = [";", "=", "'", "\"", "\\", "/", "@", ":", "?", "#", "&", "%", "%4", "%zz", " ", ",", "{", "}", "[", "12/", "1@", "Host=", ";Database=", "\t"];

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("user=me password=pw host=localhost port=5433 dbname=shop_test")]
    [InlineData("user = me password = 'pw' host = 'localhost' port='5433' dbname=shop_test keepalives=1 sslmode=verify-full")]
    [InlineData("Host=localhost;Port=5433;Username=me;Password=pw;Database=shop_test")]
    [InlineData("server=localhost;port=5433;user id=me;password='pw';database=shop_test;")]
    [InlineData("postgres://me:pw@localhost:5433/shop_test")]
    [InlineData("postgresql://me:p%77@LOCALHOST:5433/shop%5Ftest?sslmode=verify-ca&application_name=a%20b")]
    [InlineData("postgresql:///shop_test?host=localhost&port=5433&user=me&password=pw")]
    [InlineData("jdbc:postgresql://localhost:5433/shop_test?user=me&password=pw&currentSchema=app")]
    public void Every_form_of_PostgreSQL_says_the_same(string text)
    {
        var read = new NpgsqlConnectionStringBuilder(DatabaseLocation.Parse(text).ConnectionString);

        Assert.Equal(("localhost", 5433, "me", "pw", "shop_test"), (read.Host!.ToLowerInvariant(), read.Port, read.Username, read.Password, read.Database));
    }

    [Theory]
    [InlineData("postgresql://me@%2Ftmp%2Fpg/shop_test", "/tmp/pg")]
    [InlineData("postgresql://[::1]:5433/shop_test", "::1")]
    [InlineData("postgresql://a:1,b:2,[::1]:3/shop_test", "a:1,b:2,[::1]:3")]
    [InlineData("host=/tmp/pg dbname=shop_test", "/tmp/pg")]
    [InlineData("hostaddr=10.0.0.1 dbname=shop_test", "10.0.0.1")]
    [InlineData("host=db hostaddr=10.0.0.1 dbname=shop_test", "db")]
    public void Hosts_are_names_addresses_lists_and_sockets(string text, string host) =>
        Assert.Equal(host, new NpgsqlConnectionStringBuilder(DatabaseLocation.Parse(text).ConnectionString).Host);

    [Theory]
    [InlineData("Host=localhost;Database=shop_test;Password=;Database=gEhEiM7\"@")]
    [InlineData("Host=localhost;database=shop_test;Password='a;''b';Port=5432;Database = gEhEiM7")]
    [InlineData("host=localhost password=a dbname=shop_test dbname=gEhEiM7")]
    [InlineData("postgres://localhost/shop_test?password=a&user=me&user=gEhEiM7")]
    [InlineData("Data Source=shop_test.db;Password=;Data Source=gEhEiM7_test.db")]
    public void Keyword_that_stands_twice_may_be_part_of_a_password(string text)
    {
        var refused = Assert.Throws<UsageException>(() => DatabaseLocation.Parse(text));

        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Passwords_of_any_characters_are_read_where_they_are_quoted_or_encoded() => Passwords.Sample(password =>
    {
        var quoted = password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        string[] forms =
        [
            new NpgsqlConnectionStringBuilder { Host = "localhost", Database = "shop_test", Password = password }.ToString(),
            $"host=localhost dbname=shop_test password='{quoted}'",
            $"postgres://me:{Uri.EscapeDataString(password)}@localhost/shop_test",
            $"postgres://localhost/shop_test?password={Uri.EscapeDataString(password)}",
            $"jdbc:postgresql://localhost/shop_test?password={Uri.EscapeDataString(password)}",
        ];
        return forms.All(form => new NpgsqlConnectionStringBuilder(DatabaseLocation.Parse(form).ConnectionString).Password == password);
    });

    /// <summary>Passwords that nobody has quoted or encoded, in every form that anybody writes, and with pieces left out.</summary>
    [Fact]
    public void No_secret_is_shown_and_none_becomes_a_file_however_it_is_spelled() =>
        Gen.Select(Passwords, Gen.Int[0, Forms.Length - 1], Gen.Int[0, 60], Gen.Int[0, 60]).Sample((password, form, from, length) =>
        {
            var text = Forms[form].Replace("*", password, StringComparison.Ordinal);

            // Whatever is cut out, what the secret belongs to stays: the keyword or the user before it. A keyword in the password is known by standing
            // twice, so that the other one stays too.
            var at = text.IndexOf(Secret, StringComparison.Ordinal);
            if (from < text.Length && !password.Contains('=', StringComparison.Ordinal) && (from + (length / 10) <= at - Assignment || from >= at + Secret.Length))
            {
                text = text.Remove(from, Math.Min(text.Length - from, length / 10));
            }

            return !ShownOf(text).Contains(Secret, StringComparison.OrdinalIgnoreCase);
        }, iter: 20_000);

    /// <summary>Whatever is done to a connection string, it is read or refused in words. That no password is shown is looked for above.</summary>
    [Fact]
    public async Task Mutated_connection_strings_are_read_or_refused_in_words()
    {
        string[] words =
            ["Password", "=", ";", "'", "\"", "postgres://", "@", ":", "/", "?", "&", "%41", "%", " ", "Host", "localhost", "Data Source", "_test.db", "\\", "{", "}", "\0", "sslmode", "key"];

        await new MutationRun("Connection strings", 10).RunAsync(
            (mutator, number, _) =>
            {
                var text = mutator.Text(Forms[number % Forms.Length].Replace("*", "x", StringComparison.Ordinal), words);
                var location = DatabaseLocation.Parse(text);
                Assert.NotEmpty(location.Description);
                return Task.CompletedTask;
            },
            refusal =>
            {
                Assert.True(refusal is UsageException, "is refused by another exception than ours.");
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("a=b.db")]
    [InlineData("c:d_test.db")]
    [InlineData("nowhere/me@home_test.db")]
    public void A_file_that_looks_like_something_else_is_named_with_its_folder(string name)
    {
        Assert.Throws<UsageException>(() => DatabaseLocation.Parse(name));
        Assert.Equal(_workplace.PathOf(name), DatabaseLocation.Parse(_workplace.PathOf(name)).File);
        Assert.EndsWith(name, DatabaseLocation.Parse($"./{name}").File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reset --database *")]
    [InlineData("reset --database=* --json")]
    [InlineData("reset * --database x_test.db")]
    [InlineData("reset --databse * --json")]
    [InlineData("export out.json --database * --model sentry")]
    [InlineData("import * --verbose")]
    [InlineData("import backup.json --database * --verbose")]
    [InlineData("inspect *")]
    [InlineData("inspect backup.json --assembly *")]
    [InlineData("import backup.json --database:* --verbose")]
    [InlineData("import backup.json --map *")]
    [InlineData("import backup.json --rules *")]
    [InlineData("export * --database x_test.db --model sentry")]
    [InlineData("generate --model sentry --output=*")]
    [InlineData("sanitize backup.json --output *")]
    [InlineData("sanitize backup.json --rule * --output out.json")]
    [InlineData("encrypt * --src backup.json --encrypt-with *")]
    [InlineData("matrix * --engine sqlite")]
    [InlineData("compare backup.json *")]
    [InlineData("snapshot accept *")]
    public async Task No_command_shows_a_secret_or_leaves_a_file(string command)
    {
        _workplace.Write("backup.json", "[]");
        foreach (var text in (string[])
            [
                $"user=me password={Secret} host=localhost port=1 wrong",
                $"postgres://me:1/{Secret}@localhost:1/shop_test",
                $"postgres://me:1.{Secret}.2@localhost:1/shop_test?application_name=a",
                $"Host=localhost;Port=1;Database=shop_test;Password=a/{Secret}/b",
                $"Host=localhost;Port=1;Database=shop_test;Password={Secret}",
            ])
        {
            var arguments = command.Split(' ').Select(part => part.Replace("*", text, StringComparison.Ordinal)).ToArray();

            var outcome = await _workplace.RunAsync(arguments);

            Assert.NotEqual(0, outcome.ExitCode);
            Assert.DoesNotContain(Secret, outcome.Output + outcome.Error, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(["backup.json"], Directory.GetFileSystemEntries(_workplace.Folder).Select(Path.GetFileName));
        }
    }

    private static Gen<string> Passwords =>
        from before in Gen.Int[0, Spice.Length - 1].Select(i => Spice[i]).List[0, 2]
        from after in Gen.Int[0, Spice.Length - 1].Select(i => Spice[i]).List[0, 2]
        select string.Concat(before) + Secret + string.Concat(after);

    /// <summary>A star stands for the password.</summary>
    private static string[] Forms =>
    [
        "Host=localhost;Username=me;Password=*;Database=shop_test",
        "Host=localhost;Username=me;Password='*';Database=shop_test",
        "Host=localhost;Username=me;Password=\"*\";Database=shop_test",
        "Host=localhost;Database=shop_test;Password=*",
        "host=localhost user=me password=* dbname=shop_test",
        "host=localhost user=me password='*' dbname=shop_test",
        "dbname=shop_test password=*",
        "user=me password=* host=localhost",
        "password=*",
        "postgres://me:*@localhost/shop_test",
        "postgresql://me:*@localhost:5432/shop_test?sslmode=require",
        "postgres://localhost/shop_test?user=me&password=*",
        "postgres:me:*@localhost/shop_test",
        "jdbc:postgresql://localhost/shop_test?user=me&password=*",
        "jdbc:postgresql://me:*@localhost/shop_test",
        "jdbc:sqlserver://localhost;databaseName=shop;user=me;password=*",
        "mysql://me:*@localhost/shop_test",
        "mongodb+srv://me:*@localhost/shop_test",
        "sqlite://me:*@localhost/shop_test",
        "me:*@localhost/shop_test",
        "//me:*@localhost/shop_test",
        "me:*@tcp(localhost:3306)/shop_test",
        "Server=tcp:db.example,1433;Initial Catalog=shop;User ID=me;Password=*;Encrypt=True",
        "Data Source=.\\SQLEXPRESS;Initial Catalog=shop_test;User ID=me;Password=*",
        "Data Source=shop_test.db;Password=*",
        "Data Source=shop_test.db Password=*",
        "Driver={PostgreSQL Unicode};Server=localhost;Database=shop_test;Uid=me;Pwd=*;",
        "DSN=shop_test;UID=me;PWD=*",
        "server=localhost;uid=me;pwd=*;database=shop_test",
        "file:shop_test.db?key=*",
        "shop_test.db?password=*",
        "shop_test.db;Password=*",
        "{\"ConnectionStrings\": {\"Shop\": \"Host=localhost;Database=shop_test;Password=*\"}}",
        "DATABASE_URL=postgres://me:*@localhost/shop_test",
        "localhost:5432:shop_test:me:*",
    ];

    /// <summary>Everything that a command could show of it, and the file that it would make.</summary>
    private static string ShownOf(string text)
    {
        try
        {
            var location = DatabaseLocation.Parse(text);
            return $"{location.Description} {location.File}";
        }
        catch (UsageException exception)
        {
            return exception.ToString();
        }
    }
}
