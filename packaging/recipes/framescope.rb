class Framescope < Formula
  desc "Compare how sources frame a conflict"
  homepage "{{ fill: repository }}"
  version "{{ fill: version }}"
  license "MIT"

  on_macos do
    on_arm do
      url "{{ fill: repository }}/releases/download/v{{ fill: version }}/framescope-{{ fill: version }}-aarch64-apple-darwin.tar.gz"
      sha256 "{{ fill: sha256 aarch64-apple-darwin }}"
    end
    on_intel do
      url "{{ fill: repository }}/releases/download/v{{ fill: version }}/framescope-{{ fill: version }}-x86_64-apple-darwin.tar.gz"
      sha256 "{{ fill: sha256 x86_64-apple-darwin }}"
    end
  end

  on_linux do
    on_intel do
      url "{{ fill: repository }}/releases/download/v{{ fill: version }}/framescope-{{ fill: version }}-x86_64-unknown-linux-musl.tar.gz"
      sha256 "{{ fill: sha256 x86_64-unknown-linux-musl }}"
    end
    on_arm do
      url "{{ fill: repository }}/releases/download/v{{ fill: version }}/framescope-{{ fill: version }}-aarch64-unknown-linux-musl.tar.gz"
      sha256 "{{ fill: sha256 aarch64-unknown-linux-musl }}"
    end
  end

  def install
    bin.install "framescope"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/framescope.bash" => "framescope"
    zsh_completion.install "completions/framescope.zsh" => "_framescope"
    fish_completion.install "completions/framescope.fish"
  end

  test do
    (testpath/"articles/One_2023-09-25_a.txt").write "The blockade goes on.\n"
    system bin/"framescope", "run", "articles", "-o", "out"
    assert_path_exists testpath/"out/frame_frequency.csv"
  end
end
