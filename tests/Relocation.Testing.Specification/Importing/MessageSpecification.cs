using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>What a message says is where the mistake is and what somebody can do about it, in the words of those who made the context.</summary>
public abstract class MessageSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Case("messages/ring")]
    public async Task Circle_of_required_references_is_refused_with_what_a_context_can_do()
    {
        await using var database = await CreateAsync<RingContext>(static options => new RingContext(options), "r");

        var refusal = await Assert.ThrowsAsync<RelocationModelException>(() => database.ImportAsync(Case("messages", "ring"), null, Cancel));

        var problem = Assert.Single(refusal.Problems);
        Assert.Contains("r.left", problem, StringComparison.Ordinal);
        Assert.Contains("r.right", problem, StringComparison.Ordinal);
        Assert.Contains("in a DbContext, by a foreign key property that is nullable, or by IsRequired(false)", problem, StringComparison.Ordinal);
        Assert.Equal("0|0", await database.TextAsync("""SELECT (SELECT count(*) FROM "Left"), (SELECT count(*) FROM "Right")"""));
    }

    [Fact]
    [Case("messages/m2m")]
    public async Task Element_that_stands_twice_in_a_list_of_keys_is_refused_with_its_place()
    {
        await using var database = await CreateAsync<LibContext>(static options => new LibContext(options), "lib");
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Case("messages", "m2m"), null, Cancel));

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal((BackupProblemKind.DoubledMember, "/1/fields/shelves/1"), (problem.Kind, problem.Place.Pointer));
        Assert.Equal(("lib.book", "1"), (problem.Place.Model?.Value, problem.Place.Key.ToString()));
        Assert.Contains("Take one of them out", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    [Case("messages/two")]
    public async Task Records_of_two_models_of_one_name_refer_to_each_other_in_a_ring()
    {
        await using var database = await CreateAsync<TwoContext>(static options => new TwoContext(options), "a");

        await database.ImportAsync(Case("messages", "two"), null, Cancel);

        await using var context = database.CreateContext();
        var managers = await context.Set<Manager>().Include(row => row.User).Include(row => row.Boss.User).ToListAsync(Cancel);
        Assert.Equal(["a of b", "b of a"], managers.Select(row => $"{row.User.Name} of {row.Boss.User.Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    [Case("messages/two")]
    public async Task Tables_of_one_name_are_told_apart_or_refused_by_name()
    {
        async Task<string> ImportAsync()
        {
            await using var database = await CreateAsync<TwoContext>(static options => new TwoSchemaContext(options), "a");
            await database.ImportAsync(Case("messages", "two"), null, Cancel);
            return await database.TextAsync("""SELECT u."Name" FROM admin."User" m JOIN a."User" u ON u."Id" = m."UserId" ORDER BY m."Id" """);
        }

        if (engine.Target.Engine.Name == "SQLite")
        {
            // It has no schemas, in which a context may keep tables of one name.
            var refusal = await Assert.ThrowsAnyAsync<RelocationException>(ImportAsync);
            Assert.Contains("User", refusal.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("a\nb", await ImportAsync());
        }
    }

    [Theory]
    [Case("mti")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_records_of_one_object_are_told_to_become_one(bool hasTablePerType)
    {
        await using var database = await PollsAsync(hasTablePerType);
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => database.ImportAsync(Case("mti", "fixture"), null, Cancel));

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal((BackupProblemKind.DuplicateKey, "polls.questionsubclass", "1"), (problem.Kind, problem.Place.Model?.Value, problem.Place.Key.ToString()));
        Assert.Contains("'polls.question'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("put the fields of both into the record of the more special type", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Theory]
    [Case("mti")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Record_that_has_its_own_types_fields_alone_is_told_where_the_others_belong(bool hasTablePerType)
    {
        await using var database = await PollsAsync(hasTablePerType);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Case("mti", "childonly"), null, Cancel));

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal((BackupProblemKind.MissingField, "1"), (problem.Kind, problem.Place.Key.ToString()));
        Assert.Contains("Field 'text' is absent", problem.Message, StringComparison.Ordinal);
        Assert.Contains("one record holds all of its type's fields", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Case("mti")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_messages_advise_is_imported(bool hasTablePerType)
    {
        await using var database = await PollsAsync(hasTablePerType);

        await database.ImportAsync(
            Backup.FromJson("""
                [{"model": "polls.questionsubclass", "pk": 1, "fields": {"text": "first", "text_other": "more"}},
                 {"model": "polls.question", "pk": 2, "fields": {"text": "plain one"}},
                 {"model": "polls.vote", "pk": 7, "fields": {"question": 1}}]
                """),
            null,
            Cancel);

        await using var context = database.CreateContext();
        Assert.Equal(["first more", "plain one"], (await context.Set<Question>().OrderBy(row => row.Id).ToListAsync(Cancel))
            .Select(row => row is QuestionSubclass special ? $"{special.Text} {special.TextOther}" : row.Text));
        Assert.Equal("first", (await context.Set<Vote>().Include(row => row.Question).SingleAsync(Cancel)).Question!.Text);
    }

    private static Backup Case(string folder, string name) => Backup.FromFile(Repository.Shared("cases", folder, $"{name}.json"));

    private Task<TestDatabase<PollsContext>> PollsAsync(bool hasTablePerType) =>
        CreateAsync<PollsContext>(hasTablePerType ? static options => new TablePerTypeContext(options) : static options => new PollsContext(options), "polls");

    private Task<TestDatabase<TContext>> CreateAsync<TContext>(Func<DbContextOptions<TContext>, TContext> create, string app)
        where TContext : DbContext => TestDatabase.CreateAsync(
        new TestDatabaseOptions<TContext> { Target = engine.Target, ModelOptions = new RelocationModelOptions { App = app }, CreateContext = create }, Cancel);

    private sealed class Left
    {
        public int Id { get; set; }

        public int RightId { get; set; }

        public Right? Right { get; set; }
    }

    private sealed class Right
    {
        public int Id { get; set; }

        public int LeftId { get; set; }

        public Left? Left { get; set; }
    }

    private sealed class RingContext(DbContextOptions<RingContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Left>().HasOne(row => row.Right).WithMany().OnDelete(DeleteBehavior.Restrict);
            modelBuilder.Entity<Right>().HasOne(row => row.Left).WithMany().OnDelete(DeleteBehavior.Restrict);
        }
    }

    private sealed class Person
    {
        public int Id { get; set; }

        public required string FirstName { get; set; }

        public required string LastName { get; set; }

        public Person? Boss { get; set; }
    }

    private sealed class Book
    {
        public int Id { get; set; }

        public required string Title { get; set; }

        public required Person Author { get; set; }

        public List<Shelf> Shelves { get; } = [];
    }

    private sealed class Shelf
    {
        public int Id { get; set; }

        public required string Code { get; set; }

        public List<Book> Books { get; } = [];
    }

    private sealed class LibContext(DbContextOptions<LibContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Person>();
            modelBuilder.Entity<Book>();
        }
    }

    private sealed class User
    {
        public int Id { get; set; }

        public required string Name { get; set; }
    }

    private sealed class Manager
    {
        public int Id { get; set; }

        public required User User { get; set; }

        public required Manager Boss { get; set; }
    }

    private class TwoContext(DbContextOptions<TwoContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<User>().HasBackupLabel("a.user");
            modelBuilder.Entity<Manager>().HasBackupLabel("admin.user");
        }
    }

    private sealed class TwoSchemaContext(DbContextOptions<TwoContext> options) : TwoContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            modelBuilder.Entity<User>().ToTable("User", "a");
            modelBuilder.Entity<Manager>().ToTable("User", "admin");
        }
    }

    private class Question
    {
        public int Id { get; set; }

        public required string Text { get; set; }
    }

    private sealed class QuestionSubclass : Question
    {
        public required string TextOther { get; set; }
    }

    private sealed class Vote
    {
        public int Id { get; set; }

        public Question? Question { get; set; }
    }

    private class PollsContext(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Question>();
            modelBuilder.Entity<QuestionSubclass>();
            modelBuilder.Entity<Vote>();
        }
    }

    private sealed class TablePerTypeContext(DbContextOptions options) : PollsContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            modelBuilder.Entity<Question>().UseTptMappingStrategy();
        }
    }
}
