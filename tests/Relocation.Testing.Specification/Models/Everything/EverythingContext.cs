using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Every mapping that a real model uses.</summary>
/// <param name="options">Which database.</param>
public sealed class EverythingContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Sample> Samples => Set<Sample>();

    private bool IsPostgreSql => Database.ProviderName == "Npgsql.EntityFrameworkCore.PostgreSQL";

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<PersonId>().HaveConversion<PersonIdConverter>();
        configurationBuilder.Properties<Shop.Money>().HaveConversion<Shop.MoneyConverter>();
        configurationBuilder.Properties<decimal>().HavePrecision(18, 4);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Hierarchies(modelBuilder);
        People(modelBuilder);
        Shared(modelBuilder);
        modelBuilder.Entity<Sample>(Values);
        Tariffs(modelBuilder);
        modelBuilder.Entity<Stamp>(stamp =>
        {
            stamp.Property(row => row.Rating).HasDefaultValueSql("40 + 2").ValueGeneratedOnAdd();
            stamp.Property(row => row.Origin).HasDefaultValueSql("'here'");
            stamp.Property(row => row.Version).IsConcurrencyToken().HasDefaultValueSql("1").ValueGeneratedOnAddOrUpdate();
            stamp.Property<string?>("Hidden").HasMaxLength(12);
        });
    }

    private static void Hierarchies(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Animal>(animal =>
        {
            animal.HasDiscriminator<string>("Kind").HasValue<Animal>("animal").HasValue<Cat>("cat").HasValue<Dog>("dog");
            animal.HasOne(row => row.Mother).WithMany().HasForeignKey(row => row.MotherId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<Cat>().Property(row => row.Size).HasColumnName("Size");
        modelBuilder.Entity<Dog>(dog =>
        {
            dog.Property(row => row.Size).HasColumnName("Size");
            dog.Property(row => row.Mood).HasConversion<string>();
            dog.HasOne(row => row.Chased).WithMany().HasForeignKey(row => row.ChasedId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<Document>().UseTptMappingStrategy();
        modelBuilder.Entity<Invoice>().HasOne(row => row.Cover).WithMany().HasForeignKey(row => row.CoverId);
        modelBuilder.Entity<Reminder>().OwnsMany(row => row.Stops);
        modelBuilder.Entity<Letter>().HasIndex(row => row.Reference).IsUnique();
        modelBuilder.Entity<Vehicle>().UseTpcMappingStrategy();
        modelBuilder.Entity<Car>();
        modelBuilder.Entity<Truck>().HasOne(row => row.TowedBy).WithMany().HasForeignKey(row => row.TowedById);
    }

    private static void People(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Person>(person =>
        {
            person.Property(row => row.Id).ValueGeneratedOnAdd();
            person.HasAlternateKey(row => row.Code);
            person.OwnsOne(row => row.Address, address => address.OwnsOne(row => row.Place));
            person.Navigation(row => row.Address).IsRequired();
            person.OwnsOne(row => row.Second, address => address.OwnsOne(row => row.Place));
            person.OwnsOne(row => row.Passport, passport => passport.ToTable("Passports"));
            person.OwnsMany(row => row.Phones, phone =>
            {
                phone.HasOne(row => row.Skill).WithMany().HasForeignKey(row => row.SkillId);
                phone.OwnsMany(row => row.Calls, call => call.HasKey(row => row.Id));
            });
            person.OwnsMany(row => row.Notes, note =>
            {
                note.ToJson();
                note.OwnsOne(row => row.Place);
            });
            person.ComplexProperty(row => row.Active);
            person.HasMany(row => row.Skills).WithMany(row => row.People);
            person.HasMany(row => row.Friends).WithMany(row => row.FriendOf).UsingEntity(link => link.ToTable("Friendship"));
        });
        modelBuilder.Entity<Room>().HasAlternateKey(row => new { row.Building, row.Number });
        modelBuilder.Entity<Badge>(badge =>
        {
            badge.HasOne(row => row.Holder).WithMany().HasForeignKey(row => row.HolderCode).HasPrincipalKey(row => row.Code);
            badge.HasOne(row => row.Room).WithMany().HasForeignKey(row => new { row.Building, row.Number })
                .HasPrincipalKey(row => new { row.Building, row.Number });
        });
    }

    private static void Shared(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Article>(article =>
        {
            article.ToTable("Articles").SplitToTable("ArticleTexts", text => text.Property(row => row.Text))
                .SplitToTable("ArticleFigures", figures => figures.Property(row => row.Words));
        });
        modelBuilder.Entity<Shipment>(shipment =>
        {
            shipment.ToTable("Shipments");
            shipment.HasOne(row => row.Detail).WithOne().HasForeignKey<ShipmentDetail>(row => row.Id);
        });
        modelBuilder.Entity<ShipmentDetail>().ToTable("Shipments");
    }

    private void Tariffs(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Currency>(currency =>
        {
            currency.HasKey(row => row.Code);
            currency.Property(row => row.Code).HasMaxLength(12);
        });
        modelBuilder.Entity<Club>().HasMany(row => row.Currencies).WithMany(row => row.Clubs).UsingEntity<Membership>(
            link => link.HasOne<Currency>().WithMany().HasForeignKey(row => row.CurrencyCode),
            link => link.HasOne<Club>().WithMany().HasForeignKey(row => row.ClubId));
        modelBuilder.Entity<TariffStep>().HasOne(row => row.Tariff).WithMany().HasForeignKey(row => row.TariffId);
        modelBuilder.Entity<Tariff>(tariff =>
        {
            tariff.HasOne(row => row.Currency).WithMany().HasForeignKey(row => row.CurrencyCode);
            tariff.HasOne(row => row.FirstStep).WithMany().HasForeignKey(row => row.FirstStepId).OnDelete(DeleteBehavior.Restrict);
            tariff.ComplexProperty(row => row.Limit, limit => limit.ToJson());
            tariff.ComplexCollection(row => row.Parts, part => part.ToJson());
            if (IsPostgreSql)
            {
                // GENERATED ALWAYS AS IDENTITY; this assembly knows no driver.
                var strategy = Type.GetType(
                    "Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.NpgsqlValueGenerationStrategy, Npgsql.EntityFrameworkCore.PostgreSQL", throwOnError: true)!;
                tariff.Property(row => row.Id).HasAnnotation("Npgsql:ValueGenerationStrategy", Enum.Parse(strategy, "IdentityAlwaysColumn"));
            }
        });
    }

    private void Values(EntityTypeBuilder<Sample> sample)
    {
        sample.ToTable("odd \"table\"", IsPostgreSql ? "Odd.Schema" : null);
        sample.Property(row => row.Select).HasColumnName("select").HasMaxLength(20);
        sample.Property(row => row.Stored).HasConversion<string>();
        sample.Property(row => row.Doubled).HasComputedColumnSql("\"select\" || \"select\"", stored: true);
        if (IsPostgreSql)
        {
            sample.Metadata.Model.AddAnnotation("Npgsql:PostgresExtension:citext", ",,");
            sample.Property(row => row.Local).HasColumnType("timestamp without time zone");
            sample.Property(row => row.Word).HasColumnType("citext");
            sample.Property<uint>("RowVersion").IsRowVersion();
        }
        else
        {
            sample.Property(row => row.Json).HasConversion(
                document => document!.RootElement.GetRawText(), text => JsonDocument.Parse(text, default));
        }
    }
}
