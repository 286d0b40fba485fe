using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Benchmarks.Model;

/// <summary>24 related models: 51 references, 56 indexes, 8 to 13 columns each.</summary>
/// <param name="options">Chooses the database.</param>
public sealed class BenchmarkContext(DbContextOptions<BenchmarkContext> options) : DbContext(options)
{
    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<Stage> Stages => Set<Stage>();

    public DbSet<ProjectKey> ProjectKeies => Set<ProjectKey>();

    public DbSet<Release> Releases => Set<Release>();

    public DbSet<Deploy> Deploies => Set<Deploy>();

    public DbSet<Repository> Repositories => Set<Repository>();

    public DbSet<Commit> Commits => Set<Commit>();

    public DbSet<Issue> Issues => Set<Issue>();

    public DbSet<Assignment> Assignments => Set<Assignment>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<IssueLabel> IssueLabels => Set<IssueLabel>();

    public DbSet<Alert> Alerts => Set<Alert>();

    public DbSet<AlertAction> AlertActions => Set<AlertAction>();

    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<Integration> Integrations => Set<Integration>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<Dashboard> Dashboards => Set<Dashboard>();

    public DbSet<Widget> Widgets => Set<Widget>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Organization>(row =>
        {
            row.Property(model => model.Name).HasMaxLength(64);
            row.Property(model => model.Slug).HasMaxLength(64);
            row.HasIndex(model => model.Slug).IsUnique();
            row.Property(model => model.Plan).HasMaxLength(16);
            row.Property(model => model.Region).HasMaxLength(16);
            row.Property(model => model.Balance).HasPrecision(12, 2);
        });
        modelBuilder.Entity<Person>(row =>
        {
            row.Property(model => model.UserName).HasMaxLength(64);
            row.HasIndex(model => model.UserName).IsUnique();
            row.Property(model => model.Email).HasMaxLength(96);
            row.Property(model => model.FullName).HasMaxLength(64);
            row.Property(model => model.Language).HasMaxLength(8);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Team>(row =>
        {
            row.Property(model => model.Name).HasMaxLength(64);
            row.Property(model => model.Slug).HasMaxLength(64);
            row.Property(model => model.Description).HasMaxLength(200);
            row.Property(model => model.Color).HasMaxLength(16);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Owner).WithMany().HasForeignKey(model => model.OwnerId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Parent).WithMany().HasForeignKey(model => model.ParentId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Membership>(row =>
        {
            row.Property(model => model.Role).HasMaxLength(16);
            row.Property(model => model.Token).HasMaxLength(64);
            row.HasIndex(model => model.Token).IsUnique();
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Person).WithMany().HasForeignKey(model => model.PersonId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Team).WithMany().HasForeignKey(model => model.TeamId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Inviter).WithMany().HasForeignKey(model => model.InviterId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Project>(row =>
        {
            row.Property(model => model.Name).HasMaxLength(64);
            row.Property(model => model.Slug).HasMaxLength(64);
            row.Property(model => model.Platform).HasMaxLength(24);
            row.Property(model => model.Description).HasMaxLength(200);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Team).WithMany().HasForeignKey(model => model.TeamId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Stage>(row =>
        {
            row.Property(model => model.Name).HasMaxLength(48);
            row.Property(model => model.Color).HasMaxLength(16);
            row.Property(model => model.Notes).HasMaxLength(200);
            row.Property(model => model.Url).HasMaxLength(120);
            row.HasOne(model => model.Project).WithMany().HasForeignKey(model => model.ProjectId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<ProjectKey>(row =>
        {
            row.Property(model => model.PublicKey).HasMaxLength(40);
            row.Property(model => model.SecretKey).HasMaxLength(40);
            row.Property(model => model.Label).HasMaxLength(48);
            row.HasOne(model => model.Project).WithMany().HasForeignKey(model => model.ProjectId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Creator).WithMany().HasForeignKey(model => model.CreatorId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Release>(row =>
        {
            row.Property(model => model.Version).HasMaxLength(64);
            row.Property(model => model.ShortVersion).HasMaxLength(32);
            row.Property(model => model.Notes).HasMaxLength(200);
            row.Property(model => model.Url).HasMaxLength(120);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Owner).WithMany().HasForeignKey(model => model.OwnerId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Project).WithMany().HasForeignKey(model => model.ProjectId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Deploy>(row =>
        {
            row.Property(model => model.Name).HasMaxLength(48);
            row.Property(model => model.Url).HasMaxLength(120);
            row.Property(model => model.Notes).HasMaxLength(160);
            row.HasOne(model => model.Release).WithMany().HasForeignKey(model => model.ReleaseId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Stage).WithMany().HasForeignKey(model => model.StageId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Repository>(row =>
        {
            row.Property(model => model.Name).HasMaxLength(96);
            row.HasIndex(model => model.Name).IsUnique();
            row.Property(model => model.Provider).HasMaxLength(24);
            row.Property(model => model.Url).HasMaxLength(120);
            row.Property(model => model.Summary).HasMaxLength(160);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Commit>(row =>
        {
            row.Property(model => model.Hash).HasMaxLength(40);
            row.Property(model => model.Message).HasMaxLength(200);
            row.Property(model => model.Branch).HasMaxLength(48);
            row.HasOne(model => model.Repository).WithMany().HasForeignKey(model => model.RepositoryId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Author).WithMany().HasForeignKey(model => model.AuthorId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Release).WithMany().HasForeignKey(model => model.ReleaseId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Issue>(row =>
        {
            row.Property(model => model.Title).HasMaxLength(120);
            row.Property(model => model.Culprit).HasMaxLength(120);
            row.HasOne(model => model.Project).WithMany().HasForeignKey(model => model.ProjectId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.FirstRelease).WithMany().HasForeignKey(model => model.FirstReleaseId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.DuplicateOf).WithMany().HasForeignKey(model => model.DuplicateOfId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Assignment>(row =>
        {
            row.Property(model => model.Note).HasMaxLength(160);
            row.Property(model => model.Reason).HasMaxLength(120);
            row.HasOne(model => model.Issue).WithMany().HasForeignKey(model => model.IssueId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Person).WithMany().HasForeignKey(model => model.PersonId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Team).WithMany().HasForeignKey(model => model.TeamId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Comment>(row =>
        {
            row.Property(model => model.Text).HasMaxLength(240);
            row.Property(model => model.Language).HasMaxLength(8);
            row.HasOne(model => model.Issue).WithMany().HasForeignKey(model => model.IssueId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Author).WithMany().HasForeignKey(model => model.AuthorId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Parent).WithMany().HasForeignKey(model => model.ParentId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Label>(row =>
        {
            row.Property(model => model.Name).HasMaxLength(48);
            row.Property(model => model.Slug).HasMaxLength(48);
            row.Property(model => model.Color).HasMaxLength(16);
            row.Property(model => model.Description).HasMaxLength(200);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<IssueLabel>(row =>
        {
            row.Property(model => model.Note).HasMaxLength(160);
            row.Property(model => model.Reason).HasMaxLength(160);
            row.HasOne(model => model.Issue).WithMany().HasForeignKey(model => model.IssueId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Label).WithMany().HasForeignKey(model => model.LabelId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Person).WithMany().HasForeignKey(model => model.PersonId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Alert>(row =>
        {
            row.Property(model => model.Name).HasMaxLength(64);
            row.Property(model => model.ConditionText).HasMaxLength(160);
            row.Property(model => model.Summary).HasMaxLength(120);
            row.HasOne(model => model.Project).WithMany().HasForeignKey(model => model.ProjectId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Owner).WithMany().HasForeignKey(model => model.OwnerId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Stage).WithMany().HasForeignKey(model => model.StageId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<AlertAction>(row =>
        {
            row.Property(model => model.Target).HasMaxLength(96);
            row.Property(model => model.Message).HasMaxLength(160);
            row.HasOne(model => model.Alert).WithMany().HasForeignKey(model => model.AlertId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Recipient).WithMany().HasForeignKey(model => model.RecipientId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Incident>(row =>
        {
            row.Property(model => model.Title).HasMaxLength(120);
            row.Property(model => model.Summary).HasMaxLength(200);
            row.Property(model => model.Cost).HasPrecision(12, 2);
            row.HasOne(model => model.Alert).WithMany().HasForeignKey(model => model.AlertId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Lead).WithMany().HasForeignKey(model => model.LeadId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Integration>(row =>
        {
            row.Property(model => model.Name).HasMaxLength(64);
            row.Property(model => model.Provider).HasMaxLength(24);
            row.Property(model => model.ExternalId).HasMaxLength(48);
            row.HasIndex(model => model.ExternalId).IsUnique();
            row.Property(model => model.SettingsUrl).HasMaxLength(120);
            row.Property(model => model.Notes).HasMaxLength(160);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Webhook>(row =>
        {
            row.Property(model => model.Url).HasMaxLength(160);
            row.Property(model => model.Secret).HasMaxLength(64);
            row.Property(model => model.Description).HasMaxLength(160);
            row.HasOne(model => model.Integration).WithMany().HasForeignKey(model => model.IntegrationId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Project).WithMany().HasForeignKey(model => model.ProjectId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Dashboard>(row =>
        {
            row.Property(model => model.Title).HasMaxLength(96);
            row.Property(model => model.Description).HasMaxLength(200);
            row.Property(model => model.Layout).HasMaxLength(64);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Creator).WithMany().HasForeignKey(model => model.CreatorId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Widget>(row =>
        {
            row.Property(model => model.Title).HasMaxLength(96);
            row.Property(model => model.Query).HasMaxLength(160);
            row.HasOne(model => model.Dashboard).WithMany().HasForeignKey(model => model.DashboardId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<AuditEntry>(row =>
        {
            row.Property(model => model.Action).HasMaxLength(48);
            row.Property(model => model.IpAddress).HasMaxLength(40);
            row.Property(model => model.UserAgent).HasMaxLength(200);
            row.Property(model => model.TargetName).HasMaxLength(64);
            row.HasOne(model => model.Organization).WithMany().HasForeignKey(model => model.OrganizationId).OnDelete(DeleteBehavior.NoAction);
            row.HasOne(model => model.Actor).WithMany().HasForeignKey(model => model.ActorId).OnDelete(DeleteBehavior.NoAction);
        });
    }
}
